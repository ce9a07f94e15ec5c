import ActionProtocol
import Cards
import Decisions
import Engine
import Insights
import Sandbox

/// What happens between approval and execution.
extension OdooDemoRun {
  /// Carries the approved reminder out, and shows the note that it leaves in Odoo.
  func remind(_ approved: ActionState, _ debt: OdooDemoBooks.Case) async throws -> [OdooDemoRow] {
    stage.act(7, "The six stages (Action Executor), with the books read live")
    try await settle(approved.id)
    try await stage.showExecuted(approved.id)
    let sent = await stage.sandbox.mailbox.count
    stage.act(8, "The note on the invoice in Odoo")
    _ = try await ActionRunner(house: house).runDue(org: desk.org)
    let note = try await books.note(on: debt, containing: "AIOM sent a payment reminder")
    for line in (note ?? "There is none.").split(separator: "\n") { console.say("  \(line)") }
    // Carried out once more, it finds that it is done.
    _ = try await ActionRunner(house: house).run(desk.org, [approved.id])
    let again = await stage.sandbox.mailbox.count
    return [
      OdooDemoRow(
        "reminded", "Reminder of \(debt.number), approved", expected: "sent once",
        found: again == 1 ? "sent once" : "\(again) messages", sent == 1 && again == 1),
      OdooDemoRow(
        "noted", "Internal note on \(debt.number)", expected: "there",
        found: note == nil ? "missing" : "there", note != nil),
    ]
  }

  /// Somebody pays after the approval.
  func paidMeanwhile(
    _ id: ActionID, _ debt: OdooDemoBooks.Case
  ) async throws -> OdooDemoRow {
    stage.act(9, "Paid in Odoo between approval and execution")
    try await approve(id)
    let before = await stage.sandbox.mailbox.count
    let state = try await books.pay(debt)
    console.say("in Odoo:  \(debt.number) is \(state) now")
    let end = try await run(id)
    let silent = await stage.sandbox.mailbox.count == before
    stage.tell(
      "The invoice was read again just before sending: there is nothing left to remind of.")
    return OdooDemoRow(
      "paid", "Reminder of \(debt.number), paid meanwhile", expected: "not sent, with the reason",
      found: words(end),
      silent && end.status == .failed && end.errorCode == "nothing_left_to_remind")
  }

  /// Somebody deletes the project that an approved task belongs to.
  func projectDeleted(
    _ project: Int, _ debt: OdooDemoBooks.Case
  ) async throws -> OdooDemoRow {
    stage.act(10, "The task's project is deleted in Odoo")
    let id = try await proposeTask(project, debt)
    try await approve(id)
    try await books.deleteProject(project)
    console.say("in Odoo:  project \(project) is deleted")
    let end = try await run(id)
    if let message = end.errorMessage { stage.tell("Odoo says: \(DisplayText.line(message))") }
    return OdooDemoRow(
      "project", "Task in a project that was deleted", expected: "failed, with Odoo's reason",
      found: words(end), end.status == .failed && end.errorCode == "odoo_refused")
  }

  /// Odoo does not answer for a while. AIOM is pointed where nobody listens, which looks the same.
  func unreachable(_ id: ActionID) async throws -> [OdooDemoRow] {
    stage.act(11, "Odoo does not answer")
    try await approve(id)
    let before = await stage.sandbox.mailbox.count
    var cut = desk.organisation
    cut.books.url = "http://127.0.0.1:1"
    let writer = OrganisationWriter(
      store: house.store, author: try await house.author(.settings, in: desk.org), via: "demo")
    try await writer.change(cut, fields: ["odoo_url"])
    _ = try await ActionRunner(house: house).run(desk.org, [id])
    let waiting = try await desk.card(of: id).state
    let silent = await stage.sandbox.mailbox.count == before
    let hold = waiting.hold.map { StateWording.hold($0.reason) } ?? "-"
    console.say("AIOM:     \(words(waiting)): \(hold)")
    try await writer.change(desk.organisation, fields: ["odoo_url"])
    console.say("in Odoo:  it answers again")
    let end = try await run(id)
    let sent = await stage.sandbox.mailbox.count - before
    return [
      OdooDemoRow(
        "waited", "Reminder while Odoo is silent", expected: "waits; no attempt",
        found: "\(hold); attempts: \(waiting.attempts)",
        silent && waiting.status == .approved && waiting.hold?.reason == .odooUnavailable
          && waiting.attempts == 0),
      OdooDemoRow(
        "went", "The same, once it answers", expected: "completed",
        found: words(end), end.status == .completed && sent == 1),
    ]
  }

  // MARK: - Deciding and carrying out

  private func approve(_ id: ActionID) async throws {
    let state = try await desk.card(of: id).state
    guard state.status == .pendingApproval else {
      // The company's own task: the policy lets it go by itself.
      console.say("by the policy: \(DisplayText.line(state.title))")
      await UndoCountdown(console: console).wait(for: state)
      return
    }
    console.say("approved: \(DisplayText.line(state.title))")
    let approved = try await desk.approvals.approve(
      desk.org, id, digest: state.digest, by: desk.author(.decide), via: "demo")
    await UndoCountdown(console: console).wait(for: approved)
  }

  /// Carries an action out, and again where it only waited for its own pause.
  private func run(_ id: ActionID) async throws -> ActionState {
    try await settle(id)
    let state = try await desk.card(of: id).state
    console.say("AIOM:     \(words(state))")
    return state
  }

  /// On a machine that stands still for seconds, facts may be too old when they are to be acted on; they
  /// are then read again after a pause.
  private func settle(_ id: ActionID) async throws {
    for _ in 0..<20 {
      _ = try await ActionRunner(house: house).run(desk.org, [id])
      let state = try await desk.card(of: id).state
      guard state.status == .approved, let hold = state.hold, let until = hold.until,
        hold.reason == .retryBackoff || hold.reason == .odooUnavailable
      else { return }
      let pause = until.milliseconds - SystemClock.now().milliseconds
      if pause > 0 { try await Task.sleep(for: .milliseconds(min(pause, 60_000))) }
    }
  }

  private func proposeTask(
    _ project: Int, _ debt: OdooDemoBooks.Case
  ) async throws -> ActionID {
    let task = CreateTask(
      name: "Call about \(debt.number)", partnerID: PartnerID(rawValue: Int64(debt.partner)),
      projectID: Int64(project))
    let proposal = Proposal(
      orgID: desk.org, operation: .createTask(.createFollowUpTask, task),
      expectedEffect: "A task to call the customer stands in Odoo.",
      reasoning: "\(debt.number) is overdue; somebody should call.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [Int64(debt.partner)],
        partnerID: PartnerID(rawValue: Int64(debt.partner)), partnerName: debt.partnerName,
        recordName: debt.partnerName))
    switch try await Intake(house.context).submit(proposal, by: desk.author(.propose), via: "demo")
    {
    case .created(let state): return state.id
    case .invalid(let issues): throw ProtocolIssues(issues)
    default: throw DemoHouse.missing("the task's proposal")
    }
  }

  private func words(_ state: ActionState) -> String {
    let code = state.status == .completed ? nil : state.errorCode
    return StateWording.status(state.status) + (code.map { " (\($0))" } ?? "")
  }
}
