import ActionProtocol
import Addressing
import Decisions
import Foundation
import Insights

/// Gathers what a policy may look at, from the books, from what AIOM counted and from the proposal
/// itself. What nobody can tell is left out: a rule that looks at it then refuses.
struct PolicyFactsReader {
  let store: any StoreReading
  let organisation: Organisation
  let proposal: Proposal
  /// Who proposes, from the credentials.
  let author: Author
  let delivery: DeliveryMode
  /// Whether who proposes wants a person to look.
  let asksForPerson: Bool
  /// Whether the text is what AIOM itself drafted just now from its own templates.
  let isOwnText: Bool

  /// The facts, and whom caps count the action for.
  struct Found {
    var facts: PolicyFacts
    var keys: [PolicyCap.Key: String]
  }

  /// - Parameter caps: those that have to be counted.
  func read(_ caps: [(rule: PolicyRule, cap: PolicyCap)]) throws -> Found {
    let reading = OutreachReadingPlan(proposal, proposal.affectedRecords.partnerID)
    var facts = FactsDraft(PolicyFacts(proposal.actionType))
    let company = try company()
    try bookFacts(&facts, company)
    try messageFacts(&facts, reading)
    try clockFacts(&facts, reading)
    try historyFacts(&facts, reading, company)
    facts[.records] = .integer(Int64(max(1, proposal.affectedRecords.ids.count)))
    facts[.risk] = .text(proposal.riskLevel.rawValue)
    facts[.proposerKind] = .text(author.kind.rawValue)
    facts[.proposer] = .text(author.rawValue)
    facts[.confidence] = confidence
    facts[.asksForPerson] = .flag(asksForPerson)
    facts[.delivery] = .text(delivery.rawValue)
    var keys: [PolicyCap.Key: String] = [.org: "", .proposer: author.rawValue]
    keys[.partner] = company.map { String($0.rawValue) }
    keys[.recipient] = reading.addresses.map(\.hex).min()
    let counter = CapCounter(store: store, org: organisation.id)
    facts.facts.caps = try counter.uses(caps, keys)
    return Found(facts: facts.facts, keys: keys)
  }

  /// The customer that the action counts for: a contact's company.
  private func company() throws -> PartnerID? {
    guard let partner = proposal.affectedRecords.partnerID else { return nil }
    return try PartnerLine.of(partner) { try store.record(organisation.id, $0) }.last
  }

  /// From 0 to 100, as the proposer says.
  private var confidence: PolicyValue {
    switch proposal.metadata["confidence"] {
    case .integer(let percent)? where (0...100).contains(percent): .integer(percent)
    case .number(let share)? where (0...1).contains(share): .integer(Int64(share * 100))
    default: .absent
    }
  }

  // MARK: - Clock

  private func clockFacts(_ facts: inout FactsDraft, _ reading: OutreachReadingPlan) throws {
    let record = { (reference: RecordReference) in try store.record(organisation.id, reference) }
    let zone =
      try reading.recipients.clock(organisation, record: record) ?? organisation.profile.zone
    let now = store.now
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(now.milliseconds) / 1000))
    let day = LocalDate(now, in: zone)
    let seconds = now.milliseconds / 1000 + Int64(offset)
    facts[.hour] = .integer((seconds % 86_400 + 86_400) % 86_400 / 3600)
    facts[.weekday] = .text(PolicyHours.dayNames[day.weekday - 1])
    var countries = try reading.recipients.zones(organisation, record: record).compactMap(\.country)
    if reading.channel == nil || reading.audience == .internal {
      countries = [organisation.profile.country]
    }
    let changes = organisation.outreach.holidays
    facts[.holiday] = .flag(
      countries.contains { country in
        HolidayCalendar(country, changes: changes)?.holiday(on: day) != nil
      })
  }

  // MARK: - History

  private func historyFacts(
    _ facts: inout FactsDraft, _ reading: OutreachReadingPlan, _ company: PartnerID?
  ) throws {
    let found = try store.history(
      HistoryQuestion(
        org: organisation.id, type: proposal.actionType, delivery: delivery, proposer: author,
        partners: company.map { [$0] } ?? [], addresses: reading.addresses))
    facts[.toPartnerDay] = .integer(found.toPartnerDay)
    facts[.toPartnerWeek] = .integer(found.toPartnerWeek)
    facts[.toPartnerMonth] = .integer(found.toPartnerMonth)
    facts[.toRecipientDay] = .integer(found.toRecipientDay)
    facts[.byOrgHour] = .integer(found.byOrgHour)
    facts[.byOrgDay] = .integer(found.byOrgDay)
    facts[.byProposerHour] = .integer(found.byProposerHour)
    facts[.rejections] = .integer(found.rejections)
    facts[.autoAmountDay] = .money(
      Money(minorUnits: found.autoAmountDay, currency: organisation.profile.currency))
  }
}

/// Facts in the making: what actions of the type do not have is left out.
struct FactsDraft {
  var facts: PolicyFacts

  init(_ facts: PolicyFacts) { self.facts = facts }

  subscript(field: PolicyField) -> PolicyValue? {
    get { facts[field] }
    set { if field.exists(on: facts.type) { facts[field] = newValue } }
  }
}
