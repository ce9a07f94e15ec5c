import ActionProtocol
import Decisions
import Engine
import Insights

/// The card of an action as text: what a person must have seen before deciding.
///
/// The order is fixed: what will happen; to whom; the amount; when; the whole message; what changes;
/// why a person is asked; the facts with their age; what is checked again; history and the next
/// allowed time; what happens if nobody answers; last the proposer's own words, marked as unchecked.
struct CardView {
  let card: ActionCard
  var showsHTML = false

  var organisation: Organisation { card.organisation }
  var now: Instant { card.now }
  var time: LocalTime { LocalTime(organisation.profile.zone) }
  var state: ActionState { card.state }
  var proposal: Proposal { card.proposal }

  func rendered(style: Style = .plain, width: Int = 100) -> String {
    var page = CardPage(style: style, width: width)
    page.title(card.sentence)
    if let banner = StopView.banner(card.stop) { page.paragraph(banner) }
    identity(&page)
    recipients(&page)
    amount(&page)
    when(&page)
    message(&page)
    changes(&page)
    why(&page)
    facts(&page)
    checks(&page)
    history(&page)
    silence(&page)
    ownWords(&page)
    return page.rendered
  }

  private func identity(_ page: inout CardPage) {
    page.field("action", state.id.rawValue)
    page.field("revision", "\(state.revision), digest \(state.digest.hex)")
    var status = "\(StateWording.status(state.status)), risk \(state.risk.rawValue)"
    if let hold = state.hold { status += "; \(holdLine(hold))" }
    page.field("status", status)
    if state.delivery != card.delivery {
      page.field(
        "delivery",
        "proposed under \(state.delivery.rawValue); this installation delivers "
          + "\(card.delivery.rawValue), so it can neither be approved nor carried out here")
    }
    if let code = state.errorCode {
      page.field(
        "stopped by", [code, state.errorMessage].compactMap(\.self).joined(separator: ": "))
    }
    for warning in state.warnings { page.field("warning", warning) }
  }

  func holdLine(_ hold: Hold) -> String {
    let until = hold.until.map {
      " until \(time.text($0)) (\(LocalTime.distance($0, from: now)))"
    }
    return "held: \(StateWording.hold(hold.reason))\(until ?? "")"
  }

  private func amount(_ page: inout CardPage) {
    guard let money = proposal.estimatedImpact?.revenueChange else { return }
    page.heading("AMOUNT")
    page.field("at stake", AmountText.text(money))
  }

  private func why(_ page: inout CardPage) {
    page.heading("WHY YOU ARE ASKED")
    page.paragraph(
      "Every action needs a person's approval. This one was proposed by "
        + "\(state.createdBy.rawValue) \(LocalTime.distance(state.createdAt, from: now)); its type "
        + "is \(state.type.rawValue), its risk \(state.risk.rawValue).")
  }

  private func silence(_ page: inout CardPage) {
    page.heading("IF NOBODY ANSWERS")
    switch state.status {
    case .pendingApproval:
      page.paragraph(
        "It expires on \(time.text(state.expiresAt)) "
          + "(\(LocalTime.distance(state.expiresAt, from: now))), and nothing is done.")
    case .approved:
      let end = state.executeBy.map { " until \(time.text($0))" } ?? ""
      page.paragraph("It is carried out as soon as it may\(end); after that it expires.")
    case .executing where state.hold?.reason == .outcomeUnknown:
      page.paragraph("It waits: it is never sent again by itself.")
    case .executing:
      page.paragraph("It is being carried out.")
    case .completed, .rejected, .expired:
      page.paragraph("Nothing more happens; this is final.")
    case .failed:
      page.paragraph("Nothing more happens unless a person requeues it.")
    }
  }

  /// Records and reasons in the proposer's words; nobody has checked them.
  private func ownWords(_ page: inout CardPage) {
    page.heading("IN THE PROPOSER'S OWN WORDS (unchecked)")
    page.quote("expected effect: \(proposal.expectedEffect)")
    page.quote("")
    page.quote("reasoning: \(proposal.reasoning)")
  }
}
