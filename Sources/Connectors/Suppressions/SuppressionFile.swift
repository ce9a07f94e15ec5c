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

  private static let longestEvidence = 500

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
    guard let record = try file.next() else { return nil }
    switch record {
    case .rejected(let rejection): return .rejected(rejection)
    case .row(let row):
      do throws(RecordProblem) {
        return .row(try read(row), line: row.line)
      } catch {
        return .rejected(error.rejection(line: row.line))
      }
    }
  }

  private func read(_ row: RecordRow) throws(RecordProblem) -> SuppressionRow {
    let address = try row.address(country: country)
    return SuppressionRow(
      channel: address.channel, address: address.digest, addressText: address.text,
      scope: try scope(row), reason: try row.word("reason", as: SuppressionReason.self) ?? reason,
      expiresAt: try row.instant("expires_at", zone: zone), evidence: try evidence(row))
  }

  /// `all`, `marketing`, or the name of an action type or of a class of messages.
  private func scope(_ row: RecordRow) throws(RecordProblem) -> SuppressionScope {
    guard let text = row["scope"]?.lowercased() else { return scope }
    let isKnown =
      ["all", "marketing"].contains(text) || MessageClass(rawValue: text) != nil
      || ActionType(rawValue: text) != nil
    guard isKnown else {
      throw RecordProblem(
        "scope", "is no scope", remedy: "Write all, marketing, or the name of an action type.")
    }
    return SuppressionScope(rawValue: text)
  }

  private func evidence(_ row: RecordRow) throws(RecordProblem) -> String? {
    let since = try row.instant("created_at", zone: zone)
    guard row["evidence"] != nil || since != nil else { return nil }
    let text = [row["evidence"], since.map { "since \($0.rfc3339)" }].compactMap { $0 }
      .joined(separator: ", ")
    guard text.utf8.count <= Self.longestEvidence,
      text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else {
      throw RecordProblem(
        "evidence", "is longer than \(Self.longestEvidence) octets, or has control characters",
        remedy: "Shorten it.")
    }
    return text
  }
}
