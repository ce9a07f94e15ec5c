import ActionProtocol
import Addressing
import ArgumentParser
import Engine
import Insights

struct SMTP2GOSendSMSCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "send-sms",
    abstract: "Send one test SMS; only with --really, because it costs money.",
    discussion: Examples.after(
      """
      Without --really it says what it would do and skips; exit code 0, and the result says skipped.
      """,
      "aiom smtp2go send-sms --to +15551234567",
      "aiom smtp2go send-sms --to +15551234567 --text \"It works.\" --really"))

  @Option(name: .long, help: "Your own number, with + and country code.")
  var to: String

  @Option(name: .long, help: "The text, at most 320 characters.")
  var text = "AIOM test message: sending SMS works."

  @Flag(name: .long, help: "Send it; it costs money.")
  var really = false

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let sms: SMSText
    do throws(AddressingIssue) {
      sms = try SMSText(text)
    } catch {
      throw Failure(.refused, error.code, "--text: \(error.message)", remedy: error.remedy)
    }
    guard really else { return skip(sms, console) }
    var desk = try await ActionDesk(Composition.open(global, console))
    let phone = try AddressOption.phone(to, country: desk.organisation.profile.country)
    try ExampleAddress.refuse(phone)
    desk = ActionDesk(desk.house.knowing(operatorPhone: phone), desk.organisation)
    try await TestMessage(desk: desk, console: console, yes: yes)
      .send(.sms(.xSendSMSAlert, SendSMS(to: phone, body: text)), what: "SMS")
  }

  private func skip(_ sms: SMSText, _ console: Console) {
    console.emit(["result": "skipped", "segments": .integer(Int64(sms.segments))])
    console.say(
      "skipped: this would send \(sms.segments) SMS to \(DisplayText.line(to)), which costs money.")
    console.say("Add --really to send it. A skipped test is not a passed one.")
  }
}
