import Addressing
import Testing

@testable import SMTP2GO

@Suite struct LocalRefusalTests {
  private func codes(_ change: (inout OutgoingEmail) -> Void) async throws -> String {
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    var email = try Fixture.email()
    change(&email)
    let changed = email
    let result = try await Fixture.run(server) { await $0.send(changed) }
    #expect(server.connections == 0)
    guard case .refused(let refusal) = result.outcome else { return result.outcome.label }
    return refusal.code
  }

  @Test func `an impossible email is refused before anything is sent`() async throws {
    #expect(try await codes { $0.to = [] } == "client.no_recipient")
    let many = Array(repeating: try EmailAddress("a@b.org"), count: 101)
    #expect(try await codes { $0.cc = many } == "client.too_many_recipients")
    #expect(try await codes { $0.textBody = "" } == "client.no_body")
    #expect(try await codes { $0.subject = "" } == "client.no_subject")
    #expect(try await codes { $0.subject = "a\r\nBcc: b@c.org" } == "client.header.line_break")
    let bytes = [UInt8](repeating: 0, count: OutgoingEmail.largestRequest * 3 / 4)
    let large = OutgoingEmail.Attachment(filename: "x", mimetype: "a/b", content: bytes)
    #expect(try await codes { $0.attachments = [large] } == "client.too_large")
  }

  @Test func `an impossible SMS is refused before anything is sent`() async throws {
    let server = try await LoopbackServer { _ in .answer(200, "{}") }
    let number = try PhoneNumber(e164: "+12025550959")
    let messages = [
      OutgoingSMS(destination: [], content: "a"), OutgoingSMS(destination: [number], content: ""),
      OutgoingSMS(destination: Array(repeating: number, count: 101), content: "a"),
    ]
    let codes = try await Fixture.run(server) { client in
      var codes: [String] = []
      for message in messages {
        if case .refused(let refusal) = await client.send(message).outcome {
          codes.append(refusal.code)
        }
      }
      return codes
    }
    #expect(codes == ["client.no_recipient", "client.sms.empty", "client.too_many_recipients"])
    #expect(server.connections == 0)
  }

  @Test(
    arguments: [
      ("X-Op", "01J", nil), ("Reply-To", "Ann <a@b.org>", nil), ("", "x", "header.name"),
      ("X Op", "x", "header.name"), ("X:Op", "x", "header.name"), ("X-Ö", "x", "header.name"),
      ("X-Op", "a\r\nBcc: b", "header.line_break"), ("X-Op", "a\0", "header.control"),
      ("content-TYPE", "x", "header.reserved"), ("MIME-Version", "x", "header.reserved"),
      ("Content-Transfer-Encoding", "x", "header.reserved"),
    ] as [(String, String, String?)])
  func `a custom header is checked`(name: String, value: String, code: String?) {
    do throws(AddressingIssue) {
      _ = try OutgoingEmail.Header(name, value)
      #expect(code == nil)
    } catch {
      #expect(error.code == code)
    }
  }
}
