import ActionProtocol
import Addressing
import ArgumentParser

struct ValueSMSCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sms",
    abstract: "Measure SMS texts: one JSON object per line in, one answer per line out.",
    discussion: Examples.after(
      """
      An answer has the alphabet, the length in its units, how many SMS are needed, and how many
      units fit before the next one. Where plain characters could stand for what turns a text into
      UCS-2, the text in them is offered, never used.
      """,
      #"echo '{"value": "It’s due – today"}' | aiom value sms"#, "aiom value sms texts.jsonl"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    try ValueLines.answer(file) { line throws(AddressingIssue) in
      let sms = try SMSText(line.value)
      let plain = sms.transliterated
      return [
        ("encoding", .string(sms.encoding.rawValue)),
        ("units", .integer(Int64(sms.units))),
        ("segments", .integer(Int64(sms.segments))),
        ("chars_left", .integer(Int64(sms.unitsLeft))),
        ("transliterated", plain.map { .string($0.text) } ?? .null),
        ("transliterated_segments", plain.map { .integer(Int64($0.segments)) } ?? .null),
      ]
    }
  }
}
