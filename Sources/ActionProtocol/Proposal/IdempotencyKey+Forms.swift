extension IdempotencyKey {
  /// v1.1's default form: `org:action_type:scope:yyyy-mm-dd`, where the scope is the sorted
  /// records and the day is the one in the organisation's zone.
  public static func dated(
    org: OrgID, actionType: ActionType, records: [RecordReference], day: LocalDate
  ) -> IdempotencyKey {
    let scope = Set(records).sorted().map(\.rawValue).joined(separator: ",")
    return joined([org.rawValue, actionType.rawValue, scope, day.iso])
  }

  /// The analyzers' form without a date: `org:type:partner:currency:level:cycle`, so that the
  /// same finding is proposed once, however often the analysis runs.
  public static func reminder(
    org: OrgID, actionType: ActionType, partner: PartnerID, currency: Currency, level: Int,
    cycle: String
  ) -> IdempotencyKey {
    joined([
      org.rawValue, actionType.rawValue, String(partner.rawValue), currency.code, String(level),
      cycle,
    ])
  }

  /// The parts, percent-escaped and joined by colons. Where that exceeds 200 characters, the
  /// longest parts are replaced by their digests, so that different scopes keep different keys.
  static func joined(_ parts: [String]) -> IdempotencyKey {
    var escaped = parts.map(escape)
    while escaped.reduce(escaped.count - 1, { $0 + $1.utf8.count }) > 200,
      let longest = escaped.indices.max(by: { escaped[$0].utf8.count < escaped[$1].utf8.count }),
      escaped[longest].utf8.count > digestLength
    {
      escaped[longest] = "sha256-" + Digest.sha256(Array(parts[longest].utf8)).hex.prefix(40)
    }
    return IdempotencyKey(trusted: escaped.joined(separator: ":"))
  }

  private static let digestLength = 47

  /// Percent-escapes everything but letters, digits, `.`, `_`, `~`, `-` and `,`.
  private static func escape(_ part: String) -> String {
    var bytes: [UInt8] = []
    for byte in part.utf8 {
      if byte.isAlphanumeric || byte.isOne(of: "._~-,") {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(hex(byte >> 4))
        bytes.append(hex(byte & 15))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hex(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
  }
}
