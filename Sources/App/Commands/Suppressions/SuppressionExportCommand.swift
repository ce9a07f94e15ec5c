import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Decisions
import Engine
import Foundation

struct SuppressionExportCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write all suppressions that bind now, as `aiom suppression import` reads them.",
    discussion: Examples.after(
      """
      CSV to standard output or into a new file that only you may read; with --json one object a
      line. An address that was erased has only its digest, which an import takes as well.
      """,
      "aiom suppression export --to suppressions.csv", "aiom suppression export --json"))

  @Option(name: .long, help: "A file that does not exist yet (default: standard output).")
  var to: String?

  @Flag(name: .long, help: "Write no readable address, only what is compared.")
  var digestsOnly = false

  @OptionGroup var global: GlobalOptions

  private static let page = 1000

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let output = try to.map(Self.create) ?? .standardOutput
    if !console.isJSON { try Self.write(CSVText.line(SuppressionFile.columns.map(\.name)), output) }
    var last: String?
    var count = 0
    repeat {
      let found = try await Suppressions(house.context).list(
        organisation.id, after: last, limit: Self.page)
      var text = ""
      for suppression in found { text += line(suppression, console.isJSON) }
      try Self.write(text, output)
      count += found.count
      last = found.count == Self.page ? found.last?.id : nil
    } while last != nil
    if to != nil, !console.isJSON { console.say("\(AmountText.grouped(String(count))) written.") }
  }

  private func line(_ one: Suppression, _ isJSON: Bool) -> String {
    var one = one
    if digestsOnly { one.addressText = nil }
    guard !isJSON else {
      return String(decoding: CanonicalJSON.encode(one.json), as: UTF8.self) + "\n"
    }
    return CSVText.line([
      one.addressText ?? "", one.address.hex, one.channel.rawValue, one.scope.rawValue,
      one.reason.rawValue, one.source, one.createdAt.rfc3339, one.expiresAt?.rfc3339 ?? "",
      one.evidence ?? "",
    ])
  }

  private static func write(_ text: String, _ output: FileHandle) throws {
    try output.write(contentsOf: Data(text.utf8))
  }

  /// Nothing is overwritten, and nobody else may read it.
  private static func create(_ path: String) throws -> FileHandle {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .refused, "file.not_created", "\(path) cannot be made, or is there already.",
        remedy: "Name a file that does not exist yet, in a directory that you may write to.")
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
