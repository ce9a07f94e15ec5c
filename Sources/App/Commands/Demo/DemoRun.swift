import ActionProtocol
import Cards
import Decisions
import Engine
import Insights
import Sandbox

/// The demo, act by act.
struct DemoRun: Sendable {
  let console: Console
  let house: DemoHouse
  let sandbox: SandboxServer
  let port: Int
  let folder: DemoFolder
  let yes: Bool

  var desk: ActionDesk { house.desk }
  var time: LocalTime { desk.time }
  var style: Style { console.style }

  /// - Returns: the summary for `--json`.
  func perform() async throws -> JSONValue {
    let started = SystemClock.now()
    openStage()
    try await loadBooks()
    let early = try await house.proposeForNightOwl()
    let reminder = try await analyse()
    guard let approved = try await decide(reminder) else {
      try await showAudit()
      return ["approved": false, "action_id": .string(reminder.rawValue)]
    }
    try await carryOut(approved)
    let held = try await showLimits(early)
    let again = try await tryAgain(approved.id)
    let entries = try await showAudit()
    closeStage(since: started)
    return [
      "approved": true, "action_id": .string(reminder.rawValue),
      "status": .string(again.state.status.rawValue),
      "provider_id": again.state.providerID.map { .string($0) } ?? .null,
      "next_allowed": again.nextAllowed.map { .string($0.rfc3339) } ?? .null,
      "stages": .array(again.stages.map(\.stage.json)),
      "held": .array(held.map(\.json)),
      "messages_received": .integer(Int64(await sandbox.mailbox.count)),
      "audit_entries": .integer(Int64(entries)),
    ]
  }

  // MARK: Telling

  func act(_ number: Int, _ title: String) {
    console.say()
    console.say(style.bold("\(number)  \(title)"))
    console.say(style.faint(String(repeating: "-", count: min(console.width, title.count + 3))))
  }

  func tell(_ text: String) {
    for line in DisplayText.wrap(text, width: console.width) { console.say(line) }
  }

  private func openStage() {
    console.say(style.bold("AIOM: one message, approved by you, sent once, on the books"))
    tell(
      "A made-up company, a local SMTP2GO, an empty database. No account is needed, your own "
        + "settings are not read, and nothing leaves this machine.")
    act(1, "The stage")
    console.say("provider   a local SMTP2GO at http://127.0.0.1:\(port)/")
    console.say("database   \(house.house.settings.database)")
    console.say(
      "company    \(desk.organisation.profile.legalName) (a sandbox organisation: it can never "
        + "reach a customer)")
  }

  private func closeStage(since started: Instant) {
    let seconds = (SystemClock.now().milliseconds - started.milliseconds + 500) / 1000
    act(9, "Where to go next")
    tell("That was the whole job, in \(seconds) seconds. With your own records:")
    console.say("  aiom init                            your company")
    console.say(
      "  aiom import invoices invoices.csv    your books (also Xero, QuickBooks, Sage, DATEV)")
    console.say("  aiom analyze                         what needs doing")
    console.say("  aiom action list                     what waits for your decision")
    console.say("  docs/learning/first-day.md           step by step")
    console.say("  docs/integrations/smtp2go.md         sending for real")
    guard folder.isKept, let outbox = folder.outbox else { return }
    console.say()
    console.say("Kept in \(folder.path):")
    console.say("  aiom action list --home \(folder.path)")
    console.say("  aiom sandbox --state \(outbox)    the outbox, in your browser")
  }
}
