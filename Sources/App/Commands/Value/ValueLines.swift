import ActionProtocol
import Addressing

/// Answers JSON lines one by one: what cannot be read gets an answer like everything else.
enum ValueLines {
  typealias Members = [(String, JSONValue)]

  struct Line {
    let value: String
    let members: JSONObject
  }

  /// The longest line that is read, in bytes.
  static let limit = 1 << 20

  /// Reads a file or standard input to its end. Each line is answered before the next is read.
  static func answer(
    _ file: String, _ read: (Line) throws(AddressingIssue) -> Members
  ) throws {
    let lines = try LineReader(InputFile.handle(file), name: InputFile.name(file), limit: limit)
    while let bytes = try lines.next() {
      let text = CanonicalJSON.text(answer(bytes, read))
      StandardStream.output.write(text + "\n")
    }
  }

  /// The answer to one line.
  static func answer(
    _ bytes: LineReader.Line, _ read: (Line) throws(AddressingIssue) -> Members
  ) -> JSONValue {
    do throws(AddressingIssue) {
      return .object(JSONObject([("ok", true)] + (try read(try line(bytes)))))
    } catch {
      return [
        "ok": false, "code": .string(error.code), "message": .string(error.message),
        "remedy": .string(error.remedy),
      ]
    }
  }

  private static func line(_ line: LineReader.Line) throws(AddressingIssue) -> Line {
    guard case .bytes(let bytes) = line else { throw tooLong }
    guard case .success(let json) = JSONReader.read(bytes, byteLimit: limit),
      let members = json.objectValue
    else { throw notJSON }
    guard let value = members["value"]?.stringValue else { throw noValue }
    return Line(value: value, members: members)
  }

  private static let tooLong = AddressingIssue(
    code: "line.too_long", message: "The line has more than 1 MiB.", remedy: "Shorten it.")
  private static let notJSON = AddressingIssue(
    code: "line.json", message: "The line is not one JSON object.",
    remedy: #"Write {"value": "…"} on one line."#)
  private static let noValue = AddressingIssue(
    code: "line.value", message: "The object has no text as its value.",
    remedy: #"Write {"value": "…"} on one line."#)
}
