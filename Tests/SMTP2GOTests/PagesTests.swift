import Foundation
import Testing

@testable import SMTP2GO

@Suite struct PagesTests {
  private func pages(_ answers: [String: Outcome<String>]) -> Pages<String> {
    Pages(
      fetch: { token in
        CallResult(outcome: answers[token ?? ""] ?? .unknown(.serverError))
      }, next: { $0.isEmpty ? nil : $0 })
  }

  @Test func `pages are read until there is no token`() async throws {
    var read: [String] = []
    for try await page in pages(["": .accepted("1"), "1": .accepted("2"), "2": .accepted("")]) {
      read.append(page)
    }
    #expect(read == ["1", "2", ""])
  }

  @Test func `a token that comes back ends the pages`() async throws {
    var read: [String] = []
    for try await page in pages(["": .accepted("1"), "1": .accepted("1")]) { read.append(page) }
    #expect(read == ["1", "1"])
  }

  @Test func `a failing page throws what was answered, once`() async throws {
    var iterator = pages(["": .accepted("1"), "1": .throttled(retryAfter: nil)])
      .makeAsyncIterator()
    #expect(try await iterator.next() == "1")
    await #expect {
      _ = try await iterator.next()
    } throws: { error in
      (error as? PageFault<String>)?.result.outcome == .throttled(retryAfter: nil)
    }
    #expect(try await iterator.next() == nil)
  }
}
