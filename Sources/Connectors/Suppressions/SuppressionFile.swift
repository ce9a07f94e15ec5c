import ActionProtocol
import Decisions
import Engine
import Foundation

/// Suppressions in a CSV or JSON file: what `aiom suppression export` writes, and other programs' lists.
///
/// Only `address` is needed, or `address_digest` with `channel`. Times of creation are other programs'
/// own; they are kept as evidence.
public struct SuppressionFile: RowSource {
  /// In the order in which an export has them.
  public static let columns = [
    RecordColumn("address", aliases: ["email", "e-mail", "email address", "phone", "number"]),
    RecordColumn("address_digest"), RecordColumn("channel"), RecordColumn("scope"),
    RecordColumn("reason", aliases: ["kind", "type"]), RecordColumn("source"),
    RecordColumn("created_at", aliases: ["created", "date", "since"]),
    RecordColumn("expires_at", aliases: ["expires", "until"]),
    RecordColumn("evidence", aliases: ["note"]),
  ]

  private var file: RecordFile
  private let zone: TimeZone
  private let country: String?
  private let reason: SuppressionReason
  private let scope: SuppressionScope

  /// - Parameters:
  ///   - zone: of days without a time.
  ///   - country: of numbers that are written nationally.
  ///   - reason: of rows that name none.
  ///   - scope: of rows that name none.
  /// - Throws: ``LedgerFileError``.
  public init(
    path: String, zone: TimeZone, country: String?, reason: SuppressionReason = .manual,
    scope: SuppressionScope = .all
  ) throws {
    self.init(
      try RecordFile(path: path, columns: Self.columns, oneOf: ["address", "address_digest"]),
      zone: zone, country: country, reason: reason, scope: scope)
  }

  init(
    _ file: RecordFile, zone: TimeZone, country: String?, reason: SuppressionReason = .manual,
    scope: SuppressionScope = .all
  ) {
    self.file = file
    self.zone = zone
    self.country = country
    self.reason = reason
    self.scope = scope
  }

  public var digest: Digest { file.digest }
  /// Columns that nobody knows.
  public var ignored: [String] { file.ignored }

  public mutating func next() throws -> ParsedRow<SuppressionRow>? {
    try file.next().map { $0.parsed(read) }
  }

  private func read(_ row: RecordRow) throws(RecordProblem) -> SuppressionRow {
    let address = try row.address(country: country)
    return SuppressionRow(
      channel: address.channel, address: address.digest, addressText: address.text,
      scope: try row.scope() ?? scope,
      reason: try row.word("reason", as: SuppressionReason.self) ?? reason,
      expiresAt: try row.instant("expires_at", zone: zone), evidence: try evidence(row))
  }

  private func evidence(_ row: RecordRow) throws(RecordProblem) -> String? {
    let since = try row.instant("created_at", zone: zone)
    guard row["evidence"] != nil || since != nil else { return nil }
    let text = [row["evidence"], since.map { "since \($0.rfc3339)" }].compactMap { $0 }
      .joined(separator: ", ")
    return try RecordRow.checked(evidence: text)
  }
}
