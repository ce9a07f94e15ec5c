import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation

/// Why a cell cannot be taken.
struct RecordProblem: Error {
  let column: String
  let problem: String
  let remedy: String

  init(_ column: String, _ problem: String, remedy: String) {
    self.column = column
    self.problem = problem
    self.remedy = remedy
  }

  func rejection(line: Int) -> RowRejection {
    RowRejection(line: line, column: column, problem: problem, remedy: remedy)
  }
}

extension ParsedRecord {
  /// What the row means, or why it means nothing.
  func parsed<Row>(_ read: (RecordRow) throws(RecordProblem) -> Row) -> ParsedRow<Row> {
    switch self {
    case .rejected(let rejection): return .rejected(rejection)
    case .row(let row):
      do throws(RecordProblem) {
        return .row(try read(row), line: row.line)
      } catch {
        return .rejected(error.rejection(line: row.line))
      }
    }
  }
}

extension RecordRow {
  /// One of the words of a vocabulary; nil where the cell is empty.
  func word<Value: RawRepresentable & CaseIterable>(
    _ column: String, as type: Value.Type
  ) throws(RecordProblem) -> Value? where Value.RawValue == String {
    guard let text = self[column] else { return nil }
    guard let value = Value(rawValue: text.lowercased()) else {
      let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw RecordProblem(column, "is none of the words for it", remedy: "Write one of: \(words).")
    }
    return value
  }

  /// An instant, or a day's beginning on the org's clock; nil where the cell is empty.
  func instant(_ column: String, zone: TimeZone) throws(RecordProblem) -> Instant? {
    guard let text = self[column] else { return nil }
    if let instant = Instant(rfc3339: text) { return instant }
    if let day = LocalDate(iso: text) { return WallClock.instant(day, minutes: 0, in: zone) }
    throw RecordProblem(
      column, "is no day and no instant", remedy: "Write 2026-01-31 or 2026-01-31T09:00:00Z.")
  }

  /// `all`, `marketing`, or the name of an action type or of a class of messages; nil where the cell is
  /// empty.
  func scope() throws(RecordProblem) -> SuppressionScope? {
    guard let text = self["scope"]?.lowercased() else { return nil }
    guard let scope = SuppressionScope(named: text) else {
      throw RecordProblem(
        "scope", "is no scope", remedy: "Write all, marketing, or the name of an action type.")
    }
    return scope
  }

  /// Evidence that can be stored: a line without control characters.
  static func checked(evidence text: String) throws(RecordProblem) -> String {
    guard text.utf8.count <= longestEvidence,
      text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
    else {
      throw RecordProblem(
        "evidence", "is longer than \(longestEvidence) octets, or has control characters",
        remedy: "Shorten it.")
    }
    return text
  }

  private static let longestEvidence = 500

  /// The address of a row: by its text, or by the digest that an export has.
  /// - Parameter country: of numbers that are written nationally, with channel `sms`.
  func address(
    country: String?
  ) throws(RecordProblem) -> (channel: OutreachChannel, digest: Digest, text: String?) {
    let channel = try word("channel", as: OutreachChannel.self)
    guard let text = self["address"] else { return try digest(channel) }
    let address: SuppressionAddress
    do throws(AddressingIssue) {
      address =
        channel == .sms
        ? SuppressionAddress(try PhoneNumber(text, country: country)) : try SuppressionAddress(text)
    } catch {
      throw RecordProblem(
        "address", "is no address that can be used: \(error.message)", remedy: error.remedy)
    }
    guard channel == nil || channel == address.channel else {
      throw RecordProblem(
        "channel", "is not that of the address", remedy: "Correct it, or leave it empty.")
    }
    if let written = self["address_digest"], written != address.digest.hex {
      throw RecordProblem(
        "address_digest", "is not that of the address", remedy: "Leave one of the two empty.")
    }
    return (address.channel, address.digest, address.text)
  }

  private func digest(
    _ channel: OutreachChannel?
  ) throws(RecordProblem) -> (channel: OutreachChannel, digest: Digest, text: String?) {
    guard let hex = self["address_digest"] else {
      throw RecordProblem("address", "is empty", remedy: "Name an address, a domain or a number.")
    }
    guard let digest = Digest(hex: hex.lowercased()) else {
      throw RecordProblem(
        "address_digest", "is no digest", remedy: "It has 64 hexadecimal digits.")
    }
    guard let channel else {
      throw RecordProblem(
        "channel", "is empty, and a digest does not tell it", remedy: "Write email or sms.")
    }
    return (channel, digest, nil)
  }
}
