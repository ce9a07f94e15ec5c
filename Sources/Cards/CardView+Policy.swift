import ActionProtocol
import Decisions
import Engine

extension CardView {
  /// Why somebody is asked, or why nobody is: what the policy says, who has to approve, who has.
  func why(_ page: inout CardDocument) {
    page.heading(whyHeading)
    guard let policy = card.policy else {
      page.paragraph("Every action needs a person's approval. \(origin)")
      return
    }
    page.paragraph(policy.text)
    page.paragraph(origin)
    if let version = policy.version {
      page.field("policy", "version \(version), \(policy.hash.hex.prefix(12))")
    }
    approval(&page)
    for change in policy.changes.prefix(2) where state.status == .pendingApproval {
      page.item(change.words)
    }
  }

  private var whyHeading: String {
    switch card.policy?.decision.verdict.kind {
    case .auto?: "Why nobody is asked"
    case .deny?: "Why it is refused"
    case .require?, nil: "Why you are asked"
    }
  }

  private var origin: String {
    "This one was proposed by \(state.createdBy.rawValue) "
      + "\(LocalTime.distance(state.createdAt, from: now)); its type is \(state.type.rawValue), "
      + "its risk \(state.risk.rawValue)."
  }

  private func approval(_ page: inout CardDocument) {
    guard let approval = card.approval else { return }
    for entry in approval.entries {
      let word = entry.word == .approve ? "approved" : "rejected"
      page.field(
        word,
        "\(entry.person.rawValue), for \(entry.roles.sorted().joined(separator: ", ")), "
          + LocalTime.distance(entry.at, from: now))
    }
    guard state.status == .pendingApproval else { return }
    page.field("needed", Self.missing(approval.missing))
    if approval.request.requirement.notProposer, approval.isSinglePerson {
      page.field(
        "one person", "there is nobody else who decides: who proposes may approve, not an agent")
    }
    if approval.isOutdated {
      page.field("policy changed", "another version is active since; it is asked when you approve")
    }
  }

  /// Who still has to approve, in words.
  public static func missing(_ missing: [String: Int]) -> String {
    guard !missing.isEmpty else { return "Nobody is missing." }
    let words = missing.sorted { $0.key < $1.key }.map { role, count in
      count == 1 ? "one person with the role \(role)" : "\(count) persons with the role \(role)"
    }
    return "Still needed: " + words.joined(separator: " and ") + "."
  }
}
