import ActionProtocol

/// A row of a file as what it means, or why it means nothing.
public enum ParsedRow<Row: Sendable>: Sendable {
  case row(Row, line: Int)
  case rejected(RowRejection)
}

/// Where the rows of an import come from.
public protocol RowSource<Row> {
  associatedtype Row: Sendable

  /// The next row; nil at the end.
  /// - Throws: where the rest of the file means nothing.
  mutating func next() throws -> ParsedRow<Row>?
  /// The SHA-256 of the whole source; right once ``next()`` has given nil.
  var digest: Digest { get }
}

/// What an import of a list did.
public struct RowImportReport: Sendable {
  /// Rejections beyond these are counted, not kept.
  public static let mostRejections = 10_000

  public var run: String
  public var isDryRun: Bool
  public var rows = 0
  /// How many rows came to what: `added`, `known`, …
  public var counts: [String: Int] = [:]
  public var rejected = 0
  /// In the file's order.
  public var rejections: [RowRejection] = []
  /// Of the file.
  public var digest = Digest.sha256([])

  public subscript(outcome: String) -> Int { counts[outcome, default: 0] }
}
