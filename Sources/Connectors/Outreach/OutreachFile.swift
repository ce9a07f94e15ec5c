import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation

/// Contacts that other programs made, in a CSV or JSON file.
public struct OutreachFile: RowSource {
  public static let columns = [
    RecordColumn("at", aliases: ["when", "date", "sent_at", "sent", "time"]),
    RecordColumn("channel", aliases: ["type", "medium"]),
    RecordColumn("address", aliases: ["email", "e-mail", "to", "recipient", "phone", "number"]),
    RecordColumn("address_digest"),
    RecordColumn("partner", aliases: ["partner_id", "customer_id"]),
    RecordColumn("purpose", aliases: ["context"]), RecordColumn("record", aliases: ["record_id"]),
  ]

  /// Older contacts count for nothing any more.
  private static let oldest: Duration = .seconds(3660 * 86_400)

  private var file: RecordFile
  private let zone: TimeZone
  private let country: String?
  private let now: Instant

  /// - Parameters:
  ///   - zone: of times that name none.
  ///   - country: of numbers that are written nationally.
  ///   - now: what is later was not sent.
  /// - Throws: ``LedgerFileError``.
  public init(path: String, zone: TimeZone, country: String?, now: Instant) throws {
    self.init(
      try RecordFile(path: path, columns: Self.columns, oneOf: ["at"]), zone: zone,
      country: country, now: now)
  }

  init(_ file: RecordFile, zone: TimeZone, country: String?, now: Instant) {
    self.file = file
    self.zone = zone
    self.country = country
    self.now = now
  }

  public var digest: Digest { file.digest }
  /// Columns that nobody knows.
  public var ignored: [String] { file.ignored }

  public mutating func next() throws -> ParsedRow<OutreachRow>? {
    try file.next().map { $0.parsed(read) }
  }

  private func read(_ row: RecordRow) throws(RecordProblem) -> OutreachRow {
    let partner = try partner(row)
    var contact = OutreachRow(
      at: try instant(row), channel: .email, partner: partner, context: try context(row, partner))
    if row["address"] != nil || row["address_digest"] != nil {
      let address = try row.address(country: country)
      (contact.channel, contact.address) = (address.channel, address.digest)
      guard address.text.map({ $0.contains("@") || $0.hasPrefix("+") }) ?? true else {
        throw RecordProblem(
          "address", "is a domain", remedy: "Name the mailbox, or the partner alone.")
      }
      contact.domain = address.text.flatMap(Self.domain)
    } else {
      guard partner != nil else {
        throw RecordProblem(
          "address", "is empty, and so is partner", remedy: "Name one of the two, or both.")
      }
      guard let channel = try row.word("channel", as: OutreachChannel.self) else {
        throw RecordProblem("channel", "is empty", remedy: "Write email or sms.")
      }
      contact.channel = channel
    }
    return contact
  }

  private static func domain(_ text: String) -> Digest? {
    guard let at = text.lastIndex(of: "@") else { return nil }
    let domain = String(text[text.index(after: at)...])
    return MailboxProviders.isOne(domain) ? nil : .sha256(Array(domain.utf8))
  }

  private func instant(_ row: RecordRow) throws(RecordProblem) -> Instant {
    guard let at = try row.instant("at", zone: zone) else {
      throw RecordProblem("at", "is empty", remedy: "Write 2026-01-31T09:00:00Z or 2026-01-31.")
    }
    guard at <= now else {
      throw RecordProblem("at", "lies in the future", remedy: "Import what was sent already.")
    }
    guard at.advanced(by: Self.oldest) > now else {
      throw RecordProblem("at", "is more than ten years ago", remedy: "Leave the row out.")
    }
    // Of a day nobody knows the hour: its last one errs on the side of writing too little.
    if let day = row["at"].flatMap(LocalDate.init(iso:)) {
      let end = WallClock.instant(day.adding(days: 1), minutes: 0, in: zone)
      return min(end.advanced(by: .milliseconds(-1)), now)
    }
    return at
  }

  private func partner(_ row: RecordRow) throws(RecordProblem) -> PartnerID? {
    guard let text = row["partner"] else { return nil }
    guard let number = Int64(text), let partner = PartnerID(rawValue: number) else {
      throw RecordProblem("partner", "is no number above 0", remedy: "Write the partner's id.")
    }
    return partner
  }

  /// `purpose:record`, as scopes of duplicate checks have it.
  private func context(
    _ row: RecordRow, _ partner: PartnerID?
  ) throws(RecordProblem) -> String? {
    guard row["purpose"] != nil || row["record"] != nil else { return nil }
    guard partner != nil else {
      throw RecordProblem(
        "purpose", "counts for a customer, and partner is empty",
        remedy: "Name the partner, or leave purpose and record empty.")
    }
    let text = [row["purpose"], row["record"]].compactMap { $0 }.joined(separator: ":")
    let isSound = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x3A, 0x2D: true
      default: false
      }
    }
    guard isSound, text.utf8.count <= 100 else {
      throw RecordProblem(
        "purpose", "has other characters than letters, digits, _ . : and -, or is too long",
        remedy: "Write it as in the action's check, such as invoice_reminder.")
    }
    return text
  }
}
