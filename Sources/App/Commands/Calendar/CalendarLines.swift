import ActionProtocol
import Decisions
import Foundation

/// Why a line of `aiom calendar` has no answer.
struct CalendarIssue: Error {
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
struct CalendarLine {
  let members: JSONObject

  func text(_ key: String) throws(CalendarIssue) -> String? {
    guard let value = members[key], value != .null else { return nil }
    guard let text = value.stringValue else { throw wrong(key, "no text", "Put it in quotes.") }
    return text
  }

  func number(_ key: String) throws(CalendarIssue) -> Int? {
    guard let value = members[key], value != .null else { return nil }
    guard case .integer(let number) = value, let small = Int(exactly: number) else {
      throw wrong(key, "no whole number", "Write it without quotes.")
    }
    return small
  }

  /// A list, or one text.
  func texts(_ key: String) throws(CalendarIssue) -> [String] {
    guard case .array(let values)? = members[key] else { return try text(key).map { [$0] } ?? [] }
    let texts = values.compactMap(\.stringValue)
    guard texts.count == values.count else {
      throw wrong(key, "no list of texts", #"Write ["one", "two"]."#)
    }
    return texts
  }

  func days(_ key: String) throws(CalendarIssue) -> [Int]? {
    guard let value = members[key], value != .null else { return nil }
    guard case .array(let values) = value else { throw wrong(key, "no list", "Write [1, 2, 3].") }
    return values.map { if case .integer(let day) = $0 { Int(clamping: day) } else { 0 } }
  }

  func instant(_ key: String) throws(CalendarIssue) -> Instant {
    guard let text = try text(key), let instant = Instant(rfc3339: text) else {
      throw wrong(key, "no moment", "Write it as 2026-01-31T09:00:00Z.")
    }
    return instant
  }

  func wrong(_ key: String, _ what: String, _ remedy: String) -> CalendarIssue {
    CalendarIssue("line.\(key)", "The member \(key) is missing or \(what).", remedy)
  }
}

/// Answers JSON lines one by one: what cannot be read gets an answer like everything else.
enum CalendarLines {
  typealias Members = [(String, JSONValue)]

  static func answer(
    _ file: String, _ read: (CalendarLine) throws(CalendarIssue) -> Members
  ) throws {
    let lines = try LineReader(
      InputFile.handle(file), name: InputFile.name(file), limit: ValueLines.limit)
    while let bytes = try lines.next() {
      StandardStream.output.write(CanonicalJSON.text(answer(bytes, read)) + "\n")
    }
  }

  static func answer(
    _ bytes: LineReader.Line, _ read: (CalendarLine) throws(CalendarIssue) -> Members
  ) -> JSONValue {
    do throws(CalendarIssue) {
      return .object(JSONObject([("ok", true)] + (try read(try line(bytes)))))
    } catch {
      return [
        "ok": false, "code": .string(error.code), "message": .string(error.message),
        "remedy": .string(error.remedy),
      ]
    }
  }

  private static func line(_ line: LineReader.Line) throws(CalendarIssue) -> CalendarLine {
    guard case .bytes(let bytes) = line else {
      throw CalendarIssue("line.too_long", "The line has more than 1 MiB.", "Shorten it.")
    }
    guard case .success(let json) = JSONReader.read(bytes, byteLimit: ValueLines.limit),
      let members = json.objectValue
    else {
      throw CalendarIssue(
        "line.json", "The line is not one JSON object.", #"Write {"country": "DE"} on one line."#)
    }
    return CalendarLine(members: members)
  }
}

/// A file of an org's own holidays.
enum HolidayFileOption {
  static func changes(_ path: String?) throws -> [HolidayChange] {
    guard let path else { return [] }
    let file = HolidayFile(try InputFile.text(path))
    guard file.rejections.isEmpty else {
      let lines = file.rejections.map { bad in
        let column = bad.column.isEmpty ? "" : ", \(bad.column)"
        return "line \(bad.line)\(column): \(bad.problem) \(bad.remedy)"
      }
      throw Failure(
        .refused, "holidays.lines", lines.joined(separator: "\n"),
        remedy: "Correct the lines; docs/reference/holidays.md describes them.")
    }
    return file.changes
  }
}
