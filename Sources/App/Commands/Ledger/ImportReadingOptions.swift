import ArgumentParser
import Connectors
import Engine
import Insights

/// How a file is to be read.
struct ImportReadingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "FIELD=COLUMN: the file's own name for a field. May be repeated.")
  var map: [String] = []

  @Option(
    name: .long, help: "The program the file comes from.",
    completion: .list(ImportPreset.allCases.map(\.rawValue)))
  var preset: String?

  @Option(name: .long, help: "What separates the fields: one character, or tab.")
  var delimiter: String?

  @Option(
    name: .long, help: "The file's encoding (default: utf-8).",
    completion: .list(TextEncoding.allCases.map(\.rawValue)))
  var encoding: String?

  @Option(name: .long, help: "How dates are written, such as dd.mm.yyyy or mm/dd/yyyy.")
  var dateFormat: String?

  @Option(
    name: .customLong("decimal"), help: "Which mark separates decimals, where it is ambiguous.",
    completion: .list(DecimalMark.allCases.map(\.rawValue)))
  var decimalMark: String?

  /// The names of those that were given.
  var given: [String] {
    let all = [
      ("--map", !map.isEmpty), ("--preset", preset != nil), ("--delimiter", delimiter != nil),
      ("--encoding", encoding != nil), ("--date-format", dateFormat != nil),
      ("--decimal", decimalMark != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  func options(_ organisation: Organisation) throws -> ImportOptions {
    ImportOptions(
      mapping: try mapping(), preset: try word(preset, "--preset", ImportPreset.init),
      delimiter: try character(), encoding: try word(encoding, "--encoding", TextEncoding.init),
      dateFormat: try date(), decimalMark: try word(decimalMark, "--decimal", DecimalMark.init),
      currency: organisation.profile.currency,
      country: organisation.profile.country)
  }

  private func mapping() throws -> [String: String] {
    var mapping: [String: String] = [:]
    for pair in map {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, LedgerField(rawValue: parts[0]) != nil else {
        throw Failure(
          .usage, "import.map", "--map \(pair) is not FIELD=COLUMN with a known field.",
          remedy: "Write for example --map total=\"Amount Due\"; `aiom import --help` lists fields."
        )
      }
      mapping[parts[0]] = parts[1]
    }
    return mapping
  }

  private func word<Value: RawRepresentable & CaseIterable>(
    _ text: String?, _ flag: String, _ make: (String) -> Value?
  ) throws -> Value? where Value.RawValue == String {
    guard let text else { return nil }
    if let value = make(text.lowercased()) { return value }
    throw Failure(
      .usage, "import.option", "\(flag) \(text) is not known.",
      remedy: "There are: \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
  }

  private func character() throws -> Character? {
    guard let delimiter else { return nil }
    if delimiter == "tab" || delimiter == "\\t" { return "\t" }
    guard let first = delimiter.first, delimiter.count == 1 else {
      throw Failure(
        .usage, "import.delimiter", "--delimiter must be one character, or the word tab.",
        remedy: "Leave it out: it is recognised.")
    }
    return first
  }

  private func date() throws -> DateFormat? {
    guard let dateFormat else { return nil }
    if let format = DateFormat(pattern: dateFormat) { return format }
    throw Failure(
      .usage, "import.date_format", "--date-format \(dateFormat) is not an order of day and month.",
      remedy: "Write dd.mm.yyyy, mm/dd/yyyy or yyyy-mm-dd.")
  }
}
