import ActionProtocol
import Addressing
import ArgumentParser

struct ValuePhoneCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone",
    abstract: "Read phone numbers: one JSON object per line in, one answer per line out.",
    discussion: Examples.after(
      """
      A number with + and country code needs nothing else; any other spelling needs the country in
      which it is dialled, on its line or by --country.
      """,
      #"echo '{"value": "+44 (0)20 7946 0958"}' | aiom value phone"#,
      #"echo '{"value": "020 7946 0958", "country": "GB"}' | aiom value phone"#,
      "aiom value phone numbers.jsonl --country DE"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @Option(name: .long, help: "The country (ISO 3166, two letters) of lines that name none.")
  var country: String?

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    try ValueLines.answer(file) { line throws(AddressingIssue) in
      let number = try PhoneNumber(
        line.value, country: line.members["country"]?.stringValue ?? country)
      return [
        ("e164", .string(number.e164)),
        ("canonical", .string(number.e164)),
        ("country", number.country.map { .string($0) } ?? .null),
        ("calling_code", .string(number.countryCode)),
        ("national_number", .string(number.nationalNumber)),
        ("national", .string(number.nationalFormat)),
        ("international", .string(number.international)),
        ("kind", number.kind.map { .string($0.rawValue) } ?? .null),
      ]
    }
  }
}
