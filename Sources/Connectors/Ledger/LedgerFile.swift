import ActionProtocol
import Engine
import Foundation

/// Opens files of records. CSV and JSON are told apart by their first character.
public enum LedgerFile {
  /// Opens a file and reads its header.
  /// - Parameter path: a path, or `-` for standard input.
  /// - Throws: ``LedgerFileError``.
  public static func open(
    path: String, kind: LedgerKind, options: ImportOptions = ImportOptions()
  ) throws -> any LedgerRowSource {
    try source(FileChunks(try handle(path)), kind: kind, options: options)
  }

  static func source(
    _ chunks: some ByteChunks, kind: LedgerKind, options: ImportOptions
  ) throws -> any LedgerRowSource {
    var cursor = ByteCursor(chunks)
    try TextEncoding.skipMark(&cursor)
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    guard let first = try cursor.lookahead().first(where: { !space.contains($0) }) else {
      throw LedgerFileError(
        "file.header", line: 1, "The file is empty.", remedy: "Export it again.")
    }
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
      return JSONLedgerSource(cursor, kind: kind, options: options)
    }
    return try CSVLedgerSource(cursor, kind: kind, options: options)
  }

  static func handle(_ path: String) throws -> FileHandle {
    if path == "-" { return .standardInput }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw LedgerFileError(
        "file.missing", "There is no file of this name.", remedy: "Check the path.")
    }
    guard !isDirectory.boolValue else {
      throw LedgerFileError(
        "file.directory", "This is a directory, not a file.",
        remedy: "Name one CSV or JSON file in it; import each of several files by itself.")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw LedgerFileError(
        "file.io", "The file may not be read.", remedy: "Check its permissions.")
    }
    return handle
  }
}

/// Rows of a CSV file.
struct CSVLedgerSource: LedgerRowSource {
  private var records: CSVRecords
  private let plan: ColumnPlan
  private let reader: LedgerRowReader

  init(_ cursor: ByteCursor, kind: LedgerKind, options: ImportOptions) throws {
    var cursor = cursor
    let written = try CSVRecords.skipSeparatorLine(&cursor)
    let delimiter = try Self.delimiter(options) ?? written ?? options.preset?.delimiter
    records = CSVRecords(
      cursor,
      delimiter: try delimiter ?? CSVRecords.delimiter(in: cursor.lookahead()),
      encoding: options.encoding ?? options.preset?.encoding ?? .utf8)
    guard let header = try records.next(), header.problem == nil else {
      throw LedgerFileError(
        "file.header", line: 1, "The file has no header.",
        remedy: "The first line has to name the columns.")
    }
    plan = try ColumnPlan(
      headers: header.fields.map { String(Substring($0).trimmingSpace) }, kind: kind,
      options: options)
    try plan.requireAll(of: kind, options, line: header.line)
    reader = LedgerRowReader(kind: kind, options: options)
  }

  mutating func next(_ limit: Int) throws -> [ParsedLedgerLine] {
    var lines: [ParsedLedgerLine] = []
    while lines.count < limit, let record = try records.next() { lines.append(read(record)) }
    return lines
  }

  func columnName(of field: String) -> String {
    LedgerField(rawValue: field).map { plan.name(of: $0) } ?? field
  }

  private func read(_ record: CSVRecord) -> ParsedLedgerLine {
    if let problem = record.problem {
      return reject(
        record, problem, "Put a field with quotes or delimiters in quotes, and double its quotes.")
    }
    guard record.fields.count == plan.headers.count else {
      return reject(
        record, "has \(record.fields.count) fields, the header has \(plan.headers.count)",
        "Put a field that holds the delimiter in quotes, or complete the row.")
    }
    return reader.read(line: record.line, plan: plan, cells: record.fields)
  }

  private func reject(
    _ record: CSVRecord, _ problem: String, _ remedy: String
  ) -> ParsedLedgerLine {
    .rejected([RowRejection(line: record.line, column: "", problem: problem, remedy: remedy)])
  }

  private static func delimiter(_ options: ImportOptions) throws -> UInt8? {
    guard let character = options.delimiter else { return nil }
    guard let byte = character.asciiValue, byte >= 0x20 || byte == 0x09, character != "\"" else {
      throw LedgerFileError(
        "file.option", "The delimiter is not a character that can separate fields.",
        remedy: "Use a comma, a semicolon or a tab.")
    }
    return byte
  }
}

/// Rows of a JSON file. Each object names its own fields.
struct JSONLedgerSource: LedgerRowSource {
  private var elements: JSONElements
  private let reader: LedgerRowReader
  private var plan: ColumnPlan?

  init(_ cursor: ByteCursor, kind: LedgerKind, options: ImportOptions) {
    elements = JSONElements(cursor)
    reader = LedgerRowReader(kind: kind, options: options)
  }

  mutating func next(_ limit: Int) throws -> [ParsedLedgerLine] {
    var lines: [ParsedLedgerLine] = []
    while lines.count < limit, let element = try elements.next() {
      switch element {
      case .broken(let line, let problem):
        lines.append(reject(line, "", problem, "Correct the object."))
      case .object(let object, let line): lines.append(try read(object, line))
      }
    }
    return lines
  }

  func columnName(of field: String) -> String {
    guard let plan, let field = LedgerField(rawValue: field) else { return field }
    return plan.name(of: field)
  }

  /// Mappings are looked up object by object, because a field may be left out where it is empty.
  private mutating func read(_ object: JSONObject, _ line: Int) throws -> ParsedLedgerLine {
    let plan = try plan(for: object.keys)
    let missing = plan.missing(for: reader.kind)
    guard missing.isEmpty else {
      return .rejected(
        missing.map { group in
          RowRejection(
            line: line, column: group.map(\.rawValue).joined(separator: " or "),
            problem: "is not there", remedy: "Add it, or name the file's own: --map.")
        })
    }
    var cells: [String] = []
    for (key, value) in object {
      guard let cell = Self.cell(value) else {
        return reject(line, key, "is no single value", "Write it as text or number.")
      }
      cells.append(cell)
    }
    return reader.read(line: line, plan: plan, cells: cells)
  }

  private mutating func plan(for keys: [String]) throws -> ColumnPlan {
    if let plan, plan.headers == keys { return plan }
    var options = reader.options
    options.mapping = options.mapping.filter { _, header in
      keys.contains { HeaderName($0) == HeaderName(header) }
    }
    let plan = try ColumnPlan(headers: keys, kind: reader.kind, options: options)
    self.plan = plan
    return plan
  }

  private func reject(
    _ line: Int, _ column: String, _ problem: String, _ remedy: String
  ) -> ParsedLedgerLine {
    .rejected([RowRejection(line: line, column: column, problem: problem, remedy: remedy)])
  }

  private static func cell(_ value: JSONValue) -> String? {
    switch value {
    case .null: ""
    case .bool(let flag): flag ? "yes" : "no"
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .string(let text): text
    case .array, .object: nil
    }
  }
}
