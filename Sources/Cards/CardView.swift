import ActionProtocol
import Decisions
import Engine
import Insights

/// The card of an action in words: what a person must have seen before deciding.
///
/// The order is fixed: what will happen; to whom; the amount; when; the whole message; what changes;
/// why a person is asked; the facts with their age; what is checked again; history and the next
/// allowed time; what happens if nobody answers; last the proposer's own words, marked as unchecked.
public struct CardView: Sendable {
  let card: ActionCard
  let showsHTML: Bool
  let isPage: Bool

  /// - Parameters:
  ///   - showsHTML: whether the mail's HTML version is quoted in full, too.
  ///   - isPage: whether the HTML version is shown beside the card, as it looks.
  public init(card: ActionCard, showsHTML: Bool = false, isPage: Bool = false) {
    self.card = card
    self.showsHTML = showsHTML
    self.isPage = isPage
  }

  var organisation: Organisation { card.organisation }
  var now: Instant { card.now }
  var time: LocalTime { LocalTime(organisation.profile.zone) }
  var state: ActionState { card.state }
  var proposal: Proposal { card.proposal }

  public var document: CardDocument {
    var page = CardDocument(title: card.sentence)
    if let stop = card.stop { page.paragraph(StopWording.banner(stop)) }
    identity(&page)
    recipients(&page)
    amount(&page)
    when(&page)
    message(&page)
    changes(&page)
    why(&page)
    facts(&page)
    checks(&page)
    said(&page)
    history(&page)
    silence(&page)
    ownWords(&page)
    return page
  }

  private func identity(_ page: inout CardDocument) {
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

  private func amount(_ page: inout CardDocument) {
    guard let money = proposal.estimatedImpact?.revenueChange else { return }
    page.heading("Amount")
    page.field("at stake", AmountText.text(money))
  }

  private func silence(_ page: inout CardDocument) {
    page.heading("If nobody answers")
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
  private func ownWords(_ page: inout CardDocument) {
    page.heading("In the proposer's own words (unchecked)")
    page.quote("expected effect: \(proposal.expectedEffect)")
    page.quote("")
    page.quote("reasoning: \(proposal.reasoning)")
  }
}
