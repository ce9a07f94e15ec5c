import Testing

@testable import App

@Suite struct DotEnvTests {
  @Test(
    arguments: [
      ("A=1", "1"), ("A = 1 ", "1"), ("export A=1", "1"), ("A=\"x y\"", "x y"),
      ("A='x # y'", "x # y"), ("A=\"x\"  # From step 1", "x"), ("A=x # remark", "x"),
      ("A=x#y", "x#y"), ("A=#", ""), ("A=", ""), ("A=\"a\\nb\"", "a\nb"),
      ("A=\"say \\\"hi\\\"\"", "say \"hi\""), ("A=b=c", "b=c"), ("A='it", "'it"),
      ("A=1\nA=2", "2"), ("A=1\r\nB=2", "1"),
    ])
  func `a line is read as shells write it`(_ line: String, _ value: String) {
    #expect(DotEnv.parse(line)["A"] == value)
  }

  @Test(arguments: ["# A=1", "A", "=1", "  ", "A-B=1", "a b=1"])
  func `a line that sets nothing is passed over`(_ line: String) {
    #expect(DotEnv.parse(line).isEmpty)
  }

  @Test func `a line that was meant to set something is named`() {
    #expect(DotEnv.unreadLines("# a remark\n\nA=1\nSMTP2GO_API_KEY: x\r\nB='2'\nno") == [4, 6])
  }

  @Test func `the file of the user's own document is understood`() {
    let text = """
      # SMTP2GO Configuration (Email & SMS)
      SMTP2GO_API_KEY="your-api-key-here"
      SMTP2GO_SENDER_EMAIL="noreply@yourdomain.com"
      SMTP2GO_SMS_SENDER="AIOM"
      """
    #expect(
      DotEnv.parse(text) == [
        "SMTP2GO_API_KEY": "your-api-key-here",
        "SMTP2GO_SENDER_EMAIL": "noreply@yourdomain.com", "SMTP2GO_SMS_SENDER": "AIOM",
      ])
  }
}
