import ActionProtocol
import Decisions
import Engine

extension CardView {
  /// When it may go, as far as anybody can say now.
  func when(_ page: inout CardDocument) {
    page.heading("When")
    switch state.status {
    case .pendingApproval: whenPending(&page)
    case .approved:
      page.field(
        "now", state.hold.map(holdLine) ?? "due; `aiom serve` or `aiom action run` does it")
      guardReasons(&page)
    case .executing:
      page.field("now", state.hold.map(holdLine) ?? "it is being carried out")
    case .completed:
      let at = state.executedAt.map(time.text) ?? ""
      page.field("done", "\(at)\(duration)")
      if let id = state.providerID { page.field("provider id", id) }
    case .rejected, .expired, .failed:
      page.field("now", "not at all: \(StateWording.status(state.status))")
    }
  }

  private var duration: String {
    state.durationMilliseconds.map { " (took \($0) ms)" } ?? ""
  }

  private func whenPending(_ page: inout CardDocument) {
    let undo = organisation.undoSeconds
    let after = undo == 0 ? "at once after your approval" : "\(undo) s after your approval"
    switch card.guardVerdict {
    case .wait(let until, _):
      page.field(
        "if approved",
        "not before \(time.text(until)) (\(LocalTime.distance(until, from: now)))")
      guardReasons(&page)
    case .needsPerson:
      page.field("if approved", "held until a person corrects it")
      guardReasons(&page)
    case .drop:
      page.field("if approved", "it would never be sent; edit or reject it")
      guardReasons(&page)
    case .send, nil:
      page.field("if approved", after)
    }
    page.field("decide by", time.text(state.expiresAt))
  }

  private func guardReasons(_ page: inout CardDocument) {
    for reason in card.guardVerdict?.reasons ?? [] { page.field("because", words(reason)) }
  }

  private func words(_ reason: GuardReason) -> String {
    let end = reason.until.map { ", until \(time.text($0))" } ?? ""
    let allowed = "; allowed: \(reason.limit.words)"
    guard let since = reason.since, let address = reason.address else {
      let who = reason.address.flatMap(card.recipient).map { "\($0): " } ?? ""
      let found = (reason.found ?? reason.since.map(time.text)).map { " (\($0))" } ?? ""
      return who + StateWording.rule(reason.rule) + found + end + allowed
    }
    let who = card.recipient(address) ?? "a recipient"
    guard reason.rule.hasPrefix("suppressed.") else {
      return "\(who): \(StateWording.rule(reason.rule)), since \(time.text(since))\(allowed)"
    }
    return "\(who) is suppressed since \(time.text(since)): "
      + StateWording.rule(reason.rule) + end + allowed
  }

  /// The facts that the checks read, with their age.
  func facts(_ page: inout CardDocument) {
    page.heading("The facts it rests on")
    if card.records.isEmpty {
      page.paragraph("No record is read for this action.")
      return
    }
    for reading in card.records {
      let age = LocalTime.distance(reading.asOf, from: now)
      page.field(
        "record",
        "\(reading.reference.rawValue), as of \(time.text(reading.asOf)) (\(age))")
      var fields = CardTable([.left(""), .left("")])
      for name in shownFields(of: reading) {
        fields.add(["  " + name, plain(reading.fields[name] ?? .null)])
      }
      page.table(fields, headings: false)
    }
  }

  /// The name and what the checks look at, in the plan's order.
  private func shownFields(of reading: LedgerRecord) -> [String] {
    var names = ["name"]
    for check in proposal.revalidationPlan {
      guard check.predicate.record == reading.reference, let field = check.predicate.field,
        !names.contains(field)
      else { continue }
      names.append(field)
    }
    return names.filter { reading.fields[$0] != nil }
  }

  /// What is checked again in the moment of execution.
  func checks(_ page: inout CardDocument) {
    page.heading("Checked again just before (revalidation)")
    if proposal.revalidationPlan.isEmpty { page.paragraph("Nothing.") }
    for check in proposal.revalidationPlan {
      page.item("\(check.description): \(consequence(check))")
    }
  }

  private func consequence(_ check: RevalidationCheck) -> String {
    switch check.predicate {
    case .noDuplicateInWindow, .quietHours: "otherwise it waits"
    case .recordExists, .fieldEquals, .fieldIn:
      switch check.severity {
      case .block: "otherwise it is not done"
      case .requireReapproval: "otherwise you are asked again"
      }
    }
  }
}
