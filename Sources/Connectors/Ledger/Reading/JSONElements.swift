import ActionProtocol

/// Reads a JSON file object by object, in constant memory: one array of objects, or objects one after
/// the other (NDJSON).
struct JSONElements {
  /// No business record is longer.
  static let elementLimit = 1 << 20

  enum Element: Sendable {
    case object(JSONObject, line: Int)
    case broken(line: Int, problem: String)
  }

  private enum Place { case first, afterElement, end }

  private var cursor: ByteCursor
  private var place = Place.first
  private var isArray = false

  init(_ cursor: ByteCursor) { self.cursor = cursor }

  /// The next object; nil at the end.
  mutating func next() throws -> Element? {
    guard try advance() else { return nil }
    let line = cursor.line
    guard try cursor.peek() == UInt8(ascii: "{") else { throw unexpected("an object") }
    let bytes = try readObject()
    place = .afterElement
    switch JSONReader.read(bytes) {
    case .success(.object(let object)): return .object(object, line: line)
    case .success: return .broken(line: line, problem: "is no object")
    case .failure(let failure):
      let codes = failure.issues.map(\.code).joined(separator: ", ")
      return .broken(line: line, problem: "is not valid JSON (\(codes))")
    }
  }

  /// Moves to the next element's first byte.
  /// - Returns: false at the end.
  private mutating func advance() throws -> Bool {
    let byte = try skipSpace()
    switch place {
    case .end: return false
    case .first:
      isArray = byte == UInt8(ascii: "[")
      guard isArray else { return byte != nil }
      _ = try cursor.next()
      return try skipSpace() == UInt8(ascii: "]") ? try end() : true
    case .afterElement where isArray:
      guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") else {
        throw unexpected("a comma or the array's end")
      }
      if byte == UInt8(ascii: "]") { return try end() }
      _ = try cursor.next()
      _ = try skipSpace()
      return true
    case .afterElement: return byte != nil
    }
  }

  /// Behind the array's bracket there may be nothing.
  private mutating func end() throws -> Bool {
    _ = try cursor.next()
    place = .end
    if try skipSpace() != nil { throw unexpected("the end of the file") }
    return false
  }

  private mutating func skipSpace() throws -> UInt8? {
    while let byte = try cursor.peek() {
      guard [0x20, 0x09, 0x0A, 0x0D].contains(byte) else { return byte }
      _ = try cursor.next()
    }
    return nil
  }

  /// The bytes of an object up to its closing brace; what is inside is judged by the reader.
  private mutating func readObject() throws -> [UInt8] {
    let line = cursor.line
    var (bytes, depth, isString, isEscaped): ([UInt8], Int, Bool, Bool) = ([], 0, false, false)
    while let byte = try cursor.next() {
      bytes.append(byte)
      if bytes.count > Self.elementLimit { break }
      if isEscaped {
        isEscaped = false
      } else if isString {
        isEscaped = byte == UInt8(ascii: "\\")
        isString = byte != UInt8(ascii: "\"")
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        if depth == 0 { return bytes }
      }
    }
    throw LedgerFileError(
      "file.syntax", line: line, "An object is never closed, or is longer than 1 MiB.",
      remedy: "Export the file again: an array of objects, or one object a line.")
  }

  private func unexpected(_ expected: String) -> LedgerFileError {
    LedgerFileError(
      "file.syntax", line: cursor.line, "Expected \(expected).",
      remedy: "The file has to be an array of objects, or one object a line.")
  }
}
