/// The lexical forms of strings. Each case is one fact with two faces, the pattern that the
/// schema publishes and the matcher that the reader uses; a test holds them against each other.
///
/// Patterns avoid `\d`, `\w` and `$`, which differ between dialects; the end of the text is
/// written `(?![\s\S])`.
enum TextFormat: CaseIterable, Sendable {
  case identifier, model, fieldName, changePath, timestamp, date, dayStart, dayEnd, timezone
  case sha256, e164, mediaType, filename, scopeKey

  /// The pattern for JSON Schema.
  var pattern: String {
    let end = "(?![\\s\\S])"
    let body =
      switch self {
      case .identifier: "[A-Za-z0-9][A-Za-z0-9._:-]*"
      case .model: "[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*"
      case .fieldName: "[a-z_][a-z0-9_]*"
      case .changePath: "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*"
      case .timestamp: Self.datePattern + "[Tt]" + Self.clockPattern + Self.zonePattern
      case .date: Self.datePattern
      case .dayStart: "([01][0-9]|2[0-3]):[0-5][0-9]"
      case .dayEnd: "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
      case .timezone: "[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*"
      case .sha256: "[0-9a-f]{64}"
      case .e164: "\\+[1-9][0-9]{6,14}"
      case .mediaType: Self.tokenPattern + "/" + Self.tokenPattern
      case .filename: "[^/\\\\\\u0000-\\u001F\\u007F-\\u009F]+"
      case .scopeKey: "partner_[1-9][0-9]{0,15}:[A-Za-z0-9_.:-]+"
      }
    return "^" + body + end
  }

  /// An example, used as a suggestion.
  var example: String {
    switch self {
    case .identifier: "act_0000000001"
    case .model: "account.move"
    case .fieldName: "payment_state"
    case .changePath: "crm.lead.stage_id"
    case .timestamp: "2026-01-31T09:00:00.000Z"
    case .date: "2026-01-31"
    case .dayStart: "09:00"
    case .dayEnd: "17:00"
    case .timezone: "Europe/Berlin"
    case .sha256: String(repeating: "0", count: 64)
    case .e164: "+15550100100"
    case .mediaType: "application/pdf"
    case .filename: "invoice.pdf"
    case .scopeKey: "partner_1:invoice_reminder"
    }
  }

  /// Every existing day of the years 0000-9999.
  private static let datePattern =
    "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    + "|02-(0[1-9]|1[0-9]|2[0-8]))"
    + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
  private static let clockPattern = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?"
  private static let zonePattern = "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
  private static let tokenPattern = "[A-Za-z0-9][A-Za-z0-9!#&^_.+-]*"
}
