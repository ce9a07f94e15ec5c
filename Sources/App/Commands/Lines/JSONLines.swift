import ActionProtocol
import Decisions
import Foundation

/// Why a line of JSON has no answer.
struct LineIssue: Error {
  let code: String
  let message: String
  let remedy: String

  init(_ code: String, _ message: String, _ remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }
}

/// The members of one line.
struct JSONLine {
  let members: JSONObject

  func text(_ key: String) throws(LineIssue) -> String? {
    guard let value = members[key], value != .null else { return nil }
    guard let text = value.stringValue else { throw wrong(key, "no text", "Put it in quotes.") }
    return text
  }

  func number(_ key: String) throws(LineIssue) -> Int? {
    guard let value = members[key], value != .null else { return nil }
    guard case .integer(let number) = value, let small = Int(exactly: number) else {
      throw wrong(key, "no whole number", "Write it without quotes.")
    }
    return small
  }

  /// A list, or one text.
  func texts(_ key: String) throws(LineIssue) -> [String] {
    guard case .array(let values)? = members[key] else { return try text(key).map { [$0] } ?? [] }
    let texts = values.compactMap(\.stringValue)
    guard texts.count == values.count else {
      throw wrong(key, "no list of texts", #"Write ["one", "two"]."#)
    }
    return texts
  }

  func days(_ key: String) throws(LineIssue) -> [Int]? {
    guard let value = members[key], value != .null else { return nil }
    guard case .array(let values) = value else { throw wrong(key, "no list", "Write [1, 2, 3].") }
    return values.map { if case .integer(let day) = $0 { Int(clamping: day) } else { 0 } }
  }

  func instant(_ key: String) throws(LineIssue) -> Instant {
    guard let instant = try optionalInstant(key) else {
      throw wrong(key, "no moment", "Write it as 2026-01-31T09:00:00Z.")
    }
    return instant
  }

  func optionalInstant(_ key: String) throws(LineIssue) -> Instant? {
    guard let text = try text(key) else { return nil }
    guard let instant = Instant(rfc3339: text) else {
      throw wrong(key, "no moment", "Write it as 2026-01-31T09:00:00Z.")
    }
    return instant
  }

  func instants(_ key: String) throws(LineIssue) -> [Instant] {
    let texts = try texts(key)
    let instants = texts.compactMap { Instant(rfc3339: $0) }
    guard instants.count == texts.count else {
      throw wrong(key, "no list of moments", #"Write ["2026-01-31T09:00:00Z"]."#)
    }
    return instants
  }

  func flag(_ key: String) throws(LineIssue) -> Bool {
    guard let value = members[key], value != .null else { return false }
    guard case .bool(let flag) = value else {
      throw wrong(key, "neither true nor false", "Write true.")
    }
    return flag
  }

  /// The members of an object; none where it is missing.
  func line(_ key: String) throws(LineIssue) -> JSONLine {
    guard let value = members[key], value != .null else { return JSONLine(members: [:]) }
    guard let members = value.objectValue else {
      throw wrong(key, "no object", "Put its members in braces.")
    }
    return JSONLine(members: members)
  }

  func lines(_ key: String) throws(LineIssue) -> [JSONLine] {
    guard let value = members[key], value != .null else { return [] }
    guard case .array(let values) = value else {
      throw wrong(key, "no list of objects", "Write [{…}].")
    }
    let lines = values.compactMap(\.objectValue)
    guard lines.count == values.count else {
      throw wrong(key, "no list of objects", "Write [{…}].")
    }
    return lines.map(JSONLine.init)
  }

  /// One of the words of a vocabulary.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, as type: Word.Type = Word.self
  ) throws(LineIssue) -> Word? where Word.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw wrong(
        key, "none of its words",
        "There are: \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return word
  }

  func wrong(_ key: String, _ what: String, _ remedy: String) -> LineIssue {
    LineIssue("line.\(key)", "The member \(key) is missing or \(what).", remedy)
  }
}

/// Answers JSON lines one by one: what cannot be read gets an answer like everything else.
enum JSONLines {
  typealias Members = [(String, JSONValue)]

  static func answer(
    _ file: String, _ read: (JSONLine) throws(LineIssue) -> Members
  ) throws {
    let lines = try LineReader(
      InputFile.handle(file), name: InputFile.name(file), limit: ValueLines.limit)
    while let bytes = try lines.next() {
      StandardStream.output.write(CanonicalJSON.text(answer(bytes, read)) + "\n")
    }
  }

  static func answer(
    _ bytes: LineReader.Line, _ read: (JSONLine) throws(LineIssue) -> Members
  ) -> JSONValue {
    do throws(LineIssue) {
      return .object(JSONObject([("ok", true)] + (try read(try line(bytes)))))
    } catch {
      return [
        "ok": false, "code": .string(error.code), "message": .string(error.message),
        "remedy": .string(error.remedy),
      ]
    }
  }

  private static func line(_ line: LineReader.Line) throws(LineIssue) -> JSONLine {
    guard case .bytes(let bytes) = line else {
      throw LineIssue("line.too_long", "The line has more than 1 MiB.", "Shorten it.")
    }
    guard case .success(let json) = JSONReader.read(bytes, byteLimit: ValueLines.limit),
      let members = json.objectValue
    else {
      throw LineIssue(
        "line.json", "The line is not one JSON object.", "Write one object on one line.")
    }
    return JSONLine(members: members)
  }
}
