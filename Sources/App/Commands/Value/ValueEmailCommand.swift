import ActionProtocol
import Addressing
import ArgumentParser

struct ValueEmailCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "email",
    abstract: "Read e-mail addresses: one JSON object per line in, one answer per line out.",
    discussion: Examples.after(
      """
      An answer has the address as it goes on the wire, its domain in ASCII and as people read it,
      and the key under which spellings of one mailbox fall together. With "mailbox": true a line's
      value may have a display name; the answer then has the name and the header's text too.
      """,
      #"echo '{"value": "info@münchen.de"}' | aiom value email"#,
      #"echo '{"value": "Zoë <z@example.org>", "mailbox": true}' | aiom value email"#,
      "aiom value email addresses.jsonl"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    try ValueLines.answer(file) { line throws(AddressingIssue) in
      guard line.members["mailbox"]?.boolValue == true else {
        return Self.answer(try EmailAddress(line.value))
      }
      let mailbox = try Mailbox(line.value)
      var answer = Self.answer(mailbox.address)
      answer.append(("name", mailbox.name.map { .string($0) } ?? .null))
      answer.append(("header", .string(mailbox.headerValue)))
      return answer
    }
  }

  private static func answer(_ address: EmailAddress) -> ValueLines.Members {
    [
      ("canonical", .string(address.rawValue)),
      ("local", .string(address.localPart)),
      ("domain", .string(address.domain)),
      ("domain_unicode", .string(address.unicodeDomain)),
      ("identity", .string(address.identity)),
    ]
  }
}
