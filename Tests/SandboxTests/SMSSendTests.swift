import Foundation
import Sandbox
import Testing

@Suite struct `SMS send` {
  @Test func `answers with the documented envelope and keeps one message per number`()
    async throws
  {
    try await withSandbox { (sandbox) async throws in
      let body = #"""
        {"destination":["+12025550959","447700900123"],"content":"Code","sender":"+12025550100"}
        """#
      let answer = try await sandbox.post("/v3/sms/send", body)
      #expect(answer.status == 200)
      #expect(answer.keys("data") == ["total_sent", "statuses", "messages"])
      #expect(answer.int("data.total_sent") == 2)
      #expect(answer.int("data.statuses.queued") == 2)
      #expect(answer.keys("data.messages.0") == ["destination", "message_id", "status"])
      #expect(answer.string("data.messages.0.destination") == "+12025550959")
      #expect(answer.string("data.messages.0.status") == "queued")
      let id = try #require(answer.string("data.messages.1.message_id"))
      #expect(UUID(uuidString: id) != nil)
      let messages = await sandbox.mailbox.sms()
      #expect(messages.map(\.destination) == ["+12025550959", "447700900123"])
      #expect(messages.map(\.id)[1] == id)
      #expect(messages[0].sender == "+12025550100")
      #expect(messages[0].content == "Code")
    }
  }

  @Test(arguments: [
    ("destination", #"{"destination":"+12025550959","content":"x"}"#),
    ("destination", #"{"destination":[],"content":"x"}"#),
    ("destination", #"{"to":["+12025550959"],"content":"x"}"#),
    ("destination", #"{"destination":["1-800-FLOWERS"],"content":"x"}"#),
    ("destination", #"{"destination":["+1202555"],"content":""}"#),
    ("destination", #"{"destination":["+1234567890123456"],"content":"x"}"#),
    ("destination", #"{"destination":[12025550959],"content":"x"}"#),
    ("content", #"{"destination":["+12025550959"],"message":"x"}"#),
    ("content", #"{"destination":["+12025550959"],"content":""}"#),
    ("sender", #"{"destination":["+12025550959"],"content":"x","sender":"AIOM"}"#),
  ])
  func `refuses a field that does not fit and names it`(
    field: String, body: String
  ) async throws {
    try await withSandbox { (sandbox) async throws in
      let answer = try await sandbox.post("/v3/sms/send", body)
      #expect(answer.status == 400)
      #expect(
        answer.string("data.field_validation_errors.fieldname") == field || field == "destination")
      #expect(await sandbox.mailbox.sms().isEmpty)
    }
  }

  @Test(arguments: [(100, 200), (101, 400)])
  func `takes up to a hundred numbers`(count: Int, status: Int) async throws {
    try await withSandbox { (sandbox) async throws in
      let list = (1...count).map { #""+1202555\#(1000 + $0)""# }.joined(separator: ",")
      let body = #"{"destination":[\#(list)],"content":"x"}"#
      #expect(try await sandbox.post("/v3/sms/send", body).status == status)
      #expect(await sandbox.mailbox.sms().count == (status == 200 ? count : 0))
    }
  }
}

@Suite struct `SMS segments` {
  @Test(
    arguments: [
      ("", .gsm7, 0, 1),
      (String(repeating: "a", count: 160), .gsm7, 160, 1),
      (String(repeating: "a", count: 161), .gsm7, 161, 2),
      (String(repeating: "a", count: 306), .gsm7, 306, 2),
      (String(repeating: "a", count: 307), .gsm7, 307, 3),
      ("€", .gsm7, 2, 1),
      (String(repeating: "a", count: 159) + "€", .gsm7, 161, 2),
      // 152 + an escaped pair that must not be split, so 153 do not fit.
      (
        String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 152), .gsm7, 306, 3
      ),
      ("Ünïcode", .ucs2, 7, 1),
      (String(repeating: "ł", count: 70), .ucs2, 70, 1),
      (String(repeating: "ł", count: 71), .ucs2, 71, 2),
      ("🎉", .ucs2, 2, 1),
      (String(repeating: "ł", count: 66) + "🎉" + String(repeating: "ł", count: 66), .ucs2, 134, 3),
    ] as [(String, SMSSegmentation.Encoding, Int, Int)])
  func `follow GSM 03.38`(
    text: String, encoding: SMSSegmentation.Encoding, units: Int, segments: Int
  ) {
    let segmentation = SMSSegmentation(text)
    #expect(segmentation.encoding == encoding)
    #expect(segmentation.units == units)
    #expect(segmentation.segments == segments)
  }
}
