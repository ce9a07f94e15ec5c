import OracleSupport
import Testing

@testable import Addressing

/// Against the header parser of Python's standard library.
@Suite struct MailboxOracleTests {
  private struct Answer: Decodable {
    let name: String
    let address: String
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seed.some)
  func `a header that we write reads back as the same mailbox`(seed: UInt64) async throws {
    var random = Seed(seed)
    let address = try EmailAddress("ann.lee+x@example.org")
    let boxes = (0..<800).compactMap { _ -> Mailbox? in
      let name = random.text(from: "ab Z.,;\"\\<>()@:[]=?_éß中я🙂'&", 0...40)
      return try? Mailbox(name: name, address: address)
    }
    let answers: [Answer?] = try await Oracle.answers("values_mailbox.py", boxes.map(\.headerValue))
    for (box, answer) in zip(boxes, answers) {
      #expect(answer?.address == box.address.rawValue, "seed \(seed): \(box.headerValue)")
      let name = box.name ?? ""
      #expect(answer.map { squeezed($0.name) } == squeezed(name), "seed \(seed): \(name)")
    }
  }

  /// The parser folds runs of spaces in a quoted name into one.
  private func squeezed(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }
}
