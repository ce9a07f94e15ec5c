/// A record of a CSV file.
struct CSVRecord: Hashable, Sendable {
  /// The line it begins on.
  var line: Int
  var fields: [String]
  /// What is wrong with its quotes, nil where nothing is.
  var problem: String?
}

/// Reads records as RFC 4180 has them, in constant memory: fields in quotes may hold delimiters, line
/// breaks and doubled quotes; a line ends with CRLF, LF or CR; empty lines are skipped.
///
/// A record with broken quotes is given with its problem; what makes the rest of the file
/// meaningless is thrown.
struct CSVRecords {
  /// No field of a business record is longer; a quote that is never closed would swallow the file.
  static let fieldLimit = 1 << 20

  private enum Place { case start, plain, quoted, afterQuote }

  private var cursor: ByteCursor
  private let delimiter: UInt8
  private let encoding: TextEncoding
  private var place = Place.start
  private var bytes: [UInt8] = []
  private var record = CSVRecord(line: 1, fields: [])
  private var quoteLine = 1
  private var sawQuote = false

  init(_ cursor: ByteCursor, delimiter: UInt8, encoding: TextEncoding) {
    self.cursor = cursor
    self.delimiter = delimiter
    self.encoding = encoding
  }

  /// The next record that is not an empty line; nil at the end.
  mutating func next() throws -> CSVRecord? {
    while try cursor.peek() != nil {
      record = CSVRecord(line: cursor.line, fields: [])
      (place, sawQuote) = (.start, false)
      try readRecord()
      if record.fields != [""] || sawQuote || record.problem != nil { return record }
    }
    return nil
  }

  private mutating func readRecord() throws {
    while let byte = try cursor.next() {
      if place == .quoted {
        try takeQuoted(byte)
      } else if try take(byte) {
        return
      }
    }
    if place == .quoted { throw neverClosed() }
    try endField()
  }

  /// - Returns: true when the byte ended the record.
  private mutating func take(_ byte: UInt8) throws -> Bool {
    switch byte {
    case delimiter: try endField()
    case UInt8(ascii: "\n"):
      try endField()
      return true
    case UInt8(ascii: "\r"):
      if try cursor.peek() == UInt8(ascii: "\n") { _ = try cursor.next() }
      try endField()
      return true
    case UInt8(ascii: "\""): takeQuote()
    case 0:
      throw LedgerFileError(
        "file.encoding", line: cursor.line, "The file holds a zero byte: it is no text.",
        remedy: "Export it again as CSV in UTF-8.")
    default: try takePlain(byte)
    }
    return false
  }

  private mutating func takeQuote() {
    switch place {
    case .start:
      (place, sawQuote, quoteLine) = (.quoted, true, cursor.line)
    case .afterQuote:
      bytes.append(UInt8(ascii: "\""))
      place = .quoted
    case .plain, .quoted:
      record.problem = "has a quote inside a field that does not begin with one"
    }
  }

  private mutating func takePlain(_ byte: UInt8) throws {
    if place == .afterQuote { record.problem = "has text after a closing quote" }
    if place == .start { place = .plain }
    try append(byte)
  }

  private mutating func takeQuoted(_ byte: UInt8) throws {
    if byte == UInt8(ascii: "\"") { place = .afterQuote } else { try append(byte) }
  }

  private mutating func append(_ byte: UInt8) throws {
    guard bytes.count < Self.fieldLimit else {
      if place == .quoted { throw neverClosed() }
      throw LedgerFileError(
        "file.syntax", line: record.line, "A field is longer than 1 MiB.",
        remedy: "Check that the file is CSV and that its delimiter is the right one.")
    }
    bytes.append(byte)
  }

  private mutating func endField() throws {
    guard let text = encoding.decode(bytes) else { throw encoding.failure(line: record.line) }
    record.fields.append(text)
    bytes.removeAll(keepingCapacity: true)
    place = .start
  }

  private func neverClosed() -> LedgerFileError {
    LedgerFileError(
      "file.syntax", line: quoteLine, "A quote is opened and never closed.",
      remedy: "Close the quote, or write a quote that is part of the text twice.")
  }
}

extension CSVRecords {
  /// The delimiter of a file by its first line, outside quotes: the most frequent of `;`, tab and
  /// `,`; a line `sep=;` as Excel writes it decides.
  static func delimiter(in head: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in head {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      counts[byte, default: 0] += 1
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? candidates[0]
  }

  /// Skips Excel's line `sep=;` and gives its delimiter; nil where there is none.
  static func skipSeparatorLine(_ cursor: inout ByteCursor) throws -> UInt8? {
    let head = Array(try cursor.lookahead().prefix(7))
    guard head.starts(with: Array("sep=".utf8)), head.count >= 6 else { return nil }
    let delimiter = head[4]
    if head[5] == UInt8(ascii: "\n") {
      try cursor.skip(6)
    } else if head.count == 7, head[5] == UInt8(ascii: "\r"), head[6] == UInt8(ascii: "\n") {
      try cursor.skip(7)
    } else {
      return nil
    }
    return delimiter
  }
}
