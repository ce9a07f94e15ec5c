import ActionProtocol
import Engine
import Foundation

/// A column that a file of records may have.
public struct RecordColumn: Hashable, Sendable {
  /// What it is called here, and in what is exported.
  public let name: String
  /// Other names that files give it; case, spaces and punctuation do not matter.
  public let aliases: [String]

  public init(_ name: String, aliases: [String] = []) {
    self.name = name
    self.aliases = aliases
  }
}

/// One row: the cells that are not empty, by their column's name.
public struct RecordRow: Hashable, Sendable {
  /// From 1; the header is line 1 of a CSV file.
  public let line: Int
  public let cells: [String: String]

  public init(line: Int, cells: [String: String]) {
    self.line = line
    self.cells = cells
  }

  /// The cell of a column; nil where it is empty or not there.
  public subscript(column: String) -> String? { cells[column] }
}

/// A row, or why it is none.
public enum ParsedRecord: Hashable, Sendable {
  case row(RecordRow)
  case rejected(RowRejection)
}

/// Reads a CSV file with a header, or JSON objects (an array, or one a line), in constant memory.
///
/// Columns that nobody knows are passed over; two that mean the same are refused, because nobody can say
/// which counts.
public struct RecordFile {
  /// Columns of the file that are passed over.
  public private(set) var ignored: [String] = []
  private let columns: [RecordColumn]
  private let digesting: DigestingChunks
  private var rows: Rows
  /// The place of each column in a CSV row.
  private var places: [Int: String] = [:]

  private enum Rows {
    case csv(CSVRecords, count: Int)
    case json(JSONElements)
  }

  /// Opens a file and reads its header.
  /// - Parameters:
  ///   - path: a path, or `-` for standard input.
  ///   - oneOf: columns of which a CSV file needs one.
  /// - Throws: ``LedgerFileError``.
  public init(path: String, columns: [RecordColumn], oneOf: [String]) throws {
    try self.init(FileChunks(try LedgerFile.handle(path)), columns: columns, oneOf: oneOf)
  }

  init(_ chunks: some ByteChunks, columns: [RecordColumn], oneOf: [String]) throws {
    self.columns = columns
    digesting = DigestingChunks(chunks)
    var cursor = ByteCursor(digesting)
    try TextEncoding.skipMark(&cursor)
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let first = try cursor.lookahead().first(where: { !space.contains($0) }) else {
      throw LedgerFileError(
        "file.header", line: 1, "The file is empty.", remedy: "Export it again.")
    }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      rows = .json(JSONElements(cursor))
    } else {
      rows = .json(JSONElements(cursor))
      try openCSV(cursor, oneOf)
    }
  }

  /// The SHA-256 of the whole file; right once ``next()`` has given nil.
  public var digest: Digest { digesting.digest }

  /// The next row; nil at the end.
  /// - Throws: ``LedgerFileError`` where the rest of the file means nothing.
  public mutating func next() throws -> ParsedRecord? {
    switch rows {
    case .csv(var records, let count):
      defer { rows = .csv(records, count: count) }
      return try records.next().map { read($0, count) }
    case .json(var elements):
      defer { rows = .json(elements) }
      return try elements.next().map(read)
    }
  }

  // MARK: - CSV

  private mutating func openCSV(_ cursor: ByteCursor, _ oneOf: [String]) throws {
    var cursor = cursor
    let written = try CSVRecords.skipSeparatorLine(&cursor)
    var records = CSVRecords(
      cursor, delimiter: try written ?? CSVRecords.delimiter(in: cursor.lookahead()),
      encoding: .utf8)
    guard let header = try records.next(), header.problem == nil else {
      throw LedgerFileError(
        "file.header", line: 1, "The file has no header.",
        remedy: "The first line has to name the columns: \(names(columns.map(\.name))).")
    }
    for (index, written) in header.fields.enumerated() {
      guard let name = column(written) else {
        ignored.append(written)
        continue
      }
      guard !places.values.contains(name) else {
        throw LedgerFileError(
          "file.header", line: header.line, "Two columns mean \(name).",
          remedy: "Leave one of them.")
      }
      places[index] = name
    }
    guard oneOf.isEmpty || oneOf.contains(where: places.values.contains) else {
      throw LedgerFileError(
        "file.header", line: header.line, "The header names none of: \(names(oneOf)).",
        remedy: "The columns are \(names(columns.map(\.name))).")
    }
    rows = .csv(records, count: header.fields.count)
  }

  private func names(_ names: [String]) -> String { names.joined(separator: ", ") }

  private func column(_ written: String) -> String? {
    let name = HeaderName(written)
    return columns.first { ([$0.name] + $0.aliases).contains { HeaderName($0) == name } }?.name
  }

  private func read(_ record: CSVRecord, _ count: Int) -> ParsedRecord {
    if let problem = record.problem {
      return Self.rejected(
        record.line, problem,
        "Put a field with quotes or delimiters in quotes, and double its quotes.")
    }
    guard record.fields.count == count else {
      return Self.rejected(
        record.line, "has \(record.fields.count) fields, the header has \(count)",
        "Put a field that holds the delimiter in quotes, or complete the row.")
    }
    var cells: [String: String] = [:]
    for (index, field) in record.fields.enumerated() {
      if let name = places[index] { cells[name] = Self.trimmed(field) }
    }
    return .row(RecordRow(line: record.line, cells: cells))
  }

  // MARK: - JSON

  private func read(_ element: JSONElements.Element) -> ParsedRecord {
    switch element {
    case .broken(let line, let problem):
      return Self.rejected(line, problem, "Correct the object.")
    case .object(let object, let line):
      var cells: [String: String] = [:]
      for (key, value) in object {
        guard let name = column(key) else { continue }
        guard let cell = Self.cell(value) else {
          return Self.rejected(
            line, "is no single value", "Write it as text or number.", column: name)
        }
        guard cells[name] == nil else {
          return Self.rejected(line, "is there twice", "Leave one of them.", column: name)
        }
        cells[name] = Self.trimmed(cell)
      }
      return .row(RecordRow(line: line, cells: cells))
    }
  }

  private static func cell(_ value: JSONValue) -> String? {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "yes" : "no"
    case .integer(let number): String(number)
    case .number, .array, .object: nil
    case .string(let text): text
    }
  }

  private static func trimmed(_ text: String) -> String? {
    let text = String(Substring(text).trimmingSpace)
    return text.isEmpty ? nil : text
  }

  private static func rejected(
    _ line: Int, _ problem: String, _ remedy: String, column: String = ""
  ) -> ParsedRecord {
    .rejected(RowRejection(line: line, column: column, problem: problem, remedy: remedy))
  }
}

/// Bytes on their way, with the digest of all that went by.
private final class DigestingChunks: ByteChunks {
  private var chunks: any ByteChunks
  private var running = RunningDigest()

  init(_ chunks: any ByteChunks) { self.chunks = chunks }

  var digest: Digest { running.digest }

  func next() throws -> [UInt8] {
    let bytes = try chunks.next()
    bytes.withUnsafeBytes { running.add($0) }
    return bytes
  }
}
