import ActionProtocol
import Decisions
import Engine
import Foundation

/// Consents in a CSV or JSON file, as forms and other programs collected them.
public struct ConsentFile: RowSource {
  public static let columns = [
    RecordColumn("address", aliases: ["email", "e-mail", "email address", "phone", "number"]),
    RecordColumn("address_digest"), RecordColumn("channel"),
    RecordColumn("basis", aliases: ["kind", "type"]), RecordColumn("scope"),
    RecordColumn("obtained_at", aliases: ["obtained", "date", "created_at", "since"]),
    RecordColumn("expires_at", aliases: ["expires", "until"]),
    RecordColumn("evidence", aliases: ["proof", "note"]),
  ]

  private var file: RecordFile
  private let zone: TimeZone
  private let country: String?
  private let basis: ConsentBasis?
  private let scope: SuppressionScope
  private let now: Instant

  /// - Parameters:
  ///   - zone: of days without a time.
  ///   - country: of numbers that are written nationally.
  ///   - basis: of rows that name none; nil: each has to.
  ///   - scope: of rows that name none.
  ///   - now: what is later was not given yet.
  /// - Throws: ``LedgerFileError``.
  public init(
    path: String, zone: TimeZone, country: String?, basis: ConsentBasis?,
    scope: SuppressionScope, now: Instant
  ) throws {
    self.init(
      try RecordFile(path: path, columns: Self.columns, oneOf: ["address", "address_digest"]),
      zone: zone, country: country, basis: basis, scope: scope, now: now)
  }

  init(
    _ file: RecordFile, zone: TimeZone, country: String?, basis: ConsentBasis?,
    scope: SuppressionScope = .all, now: Instant
  ) {
    self.file = file
    self.zone = zone
    self.country = country
    self.basis = basis
    self.scope = scope
    self.now = now
  }

  public var digest: Digest { file.digest }
  /// Columns that nobody knows.
  public var ignored: [String] { file.ignored }

  public mutating func next() throws -> ParsedRow<ConsentRow>? {
    try file.next().map { $0.parsed(read) }
  }

  private func read(_ row: RecordRow) throws(RecordProblem) -> ConsentRow {
    let address = try row.address(country: country)
    guard address.text.map({ $0.contains("@") || $0.hasPrefix("+") }) ?? true else {
      throw RecordProblem("address", "is a domain", remedy: "Name the mailbox that consented.")
    }
    guard let basis = try row.word("basis", as: ConsentBasis.self) ?? basis else {
      throw RecordProblem(
        "basis", "is empty", remedy: "Write express, implied or contract, or give --basis.")
    }
    let obtained = try obtained(row)
    let end = try row.instant("expires_at", zone: zone)
    if let end, end <= obtained {
      throw RecordProblem(
        "expires_at", "is not after obtained_at", remedy: "Correct one of the two.")
    }
    return ConsentRow(
      channel: address.channel, address: address.digest, addressText: address.text, basis: basis,
      scope: try row.scope() ?? scope, obtainedAt: obtained, expiresAt: end,
      evidence: try evidence(row))
  }

  private func obtained(_ row: RecordRow) throws(RecordProblem) -> Instant {
    guard let at = try row.instant("obtained_at", zone: zone) else {
      throw RecordProblem(
        "obtained_at", "is empty", remedy: "A consent counts from the day on which it was given.")
    }
    guard at <= now else {
      throw RecordProblem("obtained_at", "is in the future", remedy: "Correct it.")
    }
    return at
  }

  private func evidence(_ row: RecordRow) throws(RecordProblem) -> String? {
    guard let text = row["evidence"] else { return nil }
    return try RecordRow.checked(evidence: text)
  }
}
