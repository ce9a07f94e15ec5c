import ActionProtocol
import Cards
import Decisions
import Engine
import Sandbox

extension DemoRun {
  /// Approves two more: one for the same customer, one outside the customer's hours.
  /// - Returns: how the two stand.
  func showLimits(_ nightOwl: ActionID) async throws -> [ActionState] {
    act(7, "What has to wait (Anti-spam)")
    let second = try await proposeSecond()
    var approved: ActionState?
    for id in [second, nightOwl] {
      let state = try await desk.card(of: id).state
      approved = try await desk.approvals.approve(
        desk.org, id, digest: state.digest, by: house.desk.author(.decide), via: "demo")
      console.say("approved: \(DisplayText.line(state.title))")
    }
    if let approved { await UndoCountdown(console: console).wait(for: approved) }
    _ = try await ActionRunner(house: house.house).run(desk.org, [second, nightOwl])
    let first = try await desk.card(of: second)
    let other = try await desk.card(of: nightOwl)
    explain("A second message to Acme Corp", first)
    if let last = first.lastOutreach, let until = first.state.hold?.until {
      let minutes = (until.milliseconds - last.milliseconds) / 60_000
      tell("  The first one left at \(time.text(last)); \(minutes) minutes later is exactly that.")
    }
    explain("The reminder to \(DemoCompany.quietCustomer)", other)
    guard first.state.hold?.reason == .coolDown, other.state.hold?.reason == .quietHours else {
      throw DemoHouse.missing("the two holds")
    }
    tell("Both go out by themselves when their time comes, while `aiom serve` runs.")
    return [first.state, other.state]
  }

  private func explain(_ what: String, _ card: ActionCard) {
    console.say()
    guard let hold = card.state.hold else { return }
    console.say("\(what): held, \(style.bold(StateWording.hold(hold.reason)))")
    if let until = hold.until {
      console.say("  until \(time.text(until)) (\(LocalTime.distance(until, from: card.now)))")
    }
  }

  /// A message of the company's own to the same customer.
  private func proposeSecond() async throws -> ActionID {
    let states = try await desk.reader.list(
      desk.org, ActionFilter(statuses: [.completed], limit: 1))
    guard let done = states.first else { throw DemoHouse.missing("the completed reminder") }
    let card = try await desk.card(of: done.id)
    guard case .email(_, let reminder) = card.proposal.operation,
      let partner = card.proposal.affectedRecords.partner
    else { throw DemoHouse.missing("the customer") }
    let records = card.proposal.affectedRecords
    let email = SendEmail(
      to: reminder.to, subject: "Our new opening hours",
      bodyText: "Dear customer,\n\nfrom next month on we are open on Saturdays too.\n")
    let proposal = Proposal(
      orgID: desk.org, operation: .email(.xSendCustomMessage, email),
      expectedEffect: "The customer knows the new opening hours.",
      reasoning: "All customers are told about the new opening hours.",
      affectedRecords: AffectedRecords(
        model: partner.model, ids: [partner.id], partnerID: records.partnerID,
        partnerName: records.partnerName, recordName: "Opening hours"))
    let outcome = try await Intake(house.house.context).submit(
      proposal, by: house.desk.author(.propose), via: "demo")
    if case .created(let state) = outcome { return state.id }
    if case .invalid(let issues) = outcome { throw ProtocolIssues(issues) }
    throw DemoHouse.missing("the second message")
  }

  /// Tries to carry the first one out again.
  func tryAgain(_ id: ActionID) async throws -> ActionCard {
    act(8, "The same once more, and the audit trail")
    let before = await sandbox.mailbox.count
    let reports = try await ActionRunner(house: house.house).run(desk.org, [id])
    let card = try await desk.card(of: id)
    let after = await sandbox.mailbox.count
    guard reports.isEmpty, before == after else { throw DemoHouse.missing("a refusal") }
    tell(
      "The same action again: refused. It is \(StateWording.status(card.state.status)), and an "
        + "action is carried out once. The provider has \(after) message, as before.")
    do {
      _ = try await desk.approvals.approve(
        desk.org, id, digest: card.state.digest, by: house.desk.author(.decide), via: "demo")
      throw DemoHouse.missing("a refusal to approve again")
    } catch let refusal as DecisionError {
      tell("Approving it again: refused (\(refusal.code)). \(refusal.message)")
    }
    return card
  }

  /// - Returns: how many entries there are.
  @discardableResult
  func showAudit() async throws -> Int {
    let org = desk.org
    let records = try await house.house.store.read {
      try $0.audit(org, action: nil, after: 0, limit: 10_000)
    }
    console.say()
    console.say(style.bold("The audit trail: \(records.count) entries, the newest"))
    let newest = Array(records.suffix(14))
    console.show(AuditView.table(newest, time: time).rendered(style: style))
    return records.count
  }
}
