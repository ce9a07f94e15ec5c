import ActionProtocol
import Decisions

/// The intents of a whole batch inside one write transaction, each question asked once for all of
/// them.
///
/// What passes every check is claimed here. Everything else, and what meets another action of the
/// batch at a counter, is looked at by itself afterwards (``IntentTransaction``), when the intents of
/// the others stand in the tables.
struct IntentBatch {
  let single: IntentTransaction
  private var store: any StoreTransaction { single.store }

  init(_ single: IntentTransaction) { self.single = single }

  /// - Returns: what came of each, in the batch's order.
  func run(_ batch: [PreparedAction]) throws -> [IntentTransaction.Result] {
    let passing = try passing(batch)
    let claimed = try store.claim(passing.map(\.claim))
    let won = zip(passing, claimed).filter(\.1).map(\.0)
    try store.insert(won.map(\.intent))
    try store.reserve(won.compactMap(\.reservation))
    var calls: [Int: PendingCall] = [:]
    for candidate in won {
      calls[candidate.place] = try single.pending(
        candidate.prepared, candidate.claim.claimed, candidate.intent)
    }
    try appendIntended(calls.values.sorted { $0.intent.token < $1.intent.token })
    return try batch.enumerated().map { place, prepared in
      try calls[place].map { .call($0) } ?? single.run(prepared)
    }
  }

  /// Each intent's audit entry, org by org in one order.
  private func appendIntended(_ calls: [PendingCall]) throws {
    let desk = Desk(store: store)
    let byOrg = Dictionary(grouping: calls, by: \.intent.org)
    for (org, calls) in byOrg.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try store.append(
        calls.map { desk.intended($0.state, $0.intent.operation) }, org: org)
    }
  }

  // MARK: - Checks

  /// An action that passed every check, and what its claim makes of it.
  private struct Passing {
    let place: Int
    let prepared: PreparedAction
    let claim: ActionClaim
    let intent: AttemptIntent
    let reservation: OutreachReservation?
  }

  private func passing(_ batch: [PreparedAction]) throws -> [Passing] {
    let began = ContinuousClock.now
    let asked = batch.enumerated().filter { isOrdinary($0.element) }
    guard !asked.isEmpty else { return [] }
    let facts = try BatchFacts(
      of: asked.map(\.element), store, delivery: single.configuration.delivery)
    let share = began.duration(to: .now) / asked.count
    var counters: Set<OutreachCounter> = []
    var tally = OutreachTally()
    return try asked.enumerated().compactMap { index, asked in
      let own = facts.counters[index]
      // The one before it is not in the tables yet.
      guard counters.isDisjoint(with: own),
        let prepared = try checked(asked.element, facts, index, tally, share)
      else { return nil }
      counters.formUnion(own)
      let (claimed, intent) = single.claimed(prepared.state, prepared)
      try StatusMachine.check(from: prepared.state.status, to: claimed.status)
      let reservation = try single.reservation(prepared, intent) {
        try facts.record(prepared.state.org, $0, store)
      }
      tally.add(facts.questions[index], cost: reservation?.cost ?? 0)
      return Passing(
        place: asked.offset, prepared: prepared,
        claim: ActionClaim(read: prepared.state, claimed: claimed), intent: intent,
        reservation: reservation)
    }
  }

  /// Stage 2 as far as the action itself tells, and the org's settings.
  private func isOrdinary(_ prepared: PreparedAction) -> Bool {
    let (state, configuration) = (prepared.state, single.configuration)
    guard let approval = state.approval, let executeBy = state.executeBy else { return false }
    return !single.stops.covers(state.org) && state.isDue(at: store.now)
      && state.delivery == configuration.delivery && approval.delivery == configuration.delivery
      && prepared.digest == state.digest && prepared.senderProblem == nil
      && approval.binds(prepared.digest, under: prepared.organisation.policyVersion)
      && state.errorCode != SenderProblem.unverified.rawValue
      // Who waited for hours to open has to take a turn.
      && state.hold?.reason != .sendWindow && state.hold?.reason != .quietHours
      && store.now.advanced(by: configuration.callDeadline) < executeBy
      && single.organisations[state.org] == prepared.organisation
      // Books outside are read between its claim and its intent.
      && !prepared.looksOutside
      // What else is on its way to the same number is asked one by one.
      && state.channel != .sms
      // A rate counts one by one.
      && state.channel.flatMap { prepared.organisation.limits[$0].rate } == nil
  }

  /// Stages 2 and 3.
  /// - Parameter share: of the time in which the batch's facts were read.
  /// - Returns: with its clock; nil where it does not simply pass.
  private func checked(
    _ candidate: PreparedAction, _ facts: BatchFacts, _ index: Int, _ tally: OutreachTally,
    _ share: Duration
  ) throws -> PreparedAction? {
    var prepared = candidate
    let (state, reading) = (prepared.state, prepared.reading)
    prepared.clock.resume()
    if facts.isPaused(state.org, reading.channel, at: store.now) { return nil }
    prepared.clock.finish(.approvalCheck, at: store.now)
    prepared.clock.resume(after: share)
    let revalidation = Revalidation(
      store: store, maximumAge: single.maximumAge(of: state), records: facts.records,
      of: state.type)
    guard case .pass = try revalidation.evaluate(reading.plan, org: state.org) else {
      return nil
    }
    if var found = facts.outreach[index] {
      tally.count(into: &found, of: facts.questions[index])
      let verdict = try reading.verdict(
        found, prepared.organisation, state, single.configuration.prices, isWaived: false,
        now: store.now
      ) { try facts.record(state.org, $0, store) }
      guard verdict == .send else { return nil }
    }
    prepared.clock.finish(.revalidation, at: store.now)
    return prepared
  }
}

/// What the checks of a batch have to know, read at once.
private struct BatchFacts {
  let records: [OrgRecord: LedgerRecord]
  /// By place; none for operations that no customer sees.
  let questions: [Int: OutreachQuestion]
  let outreach: [Int: OutreachFacts]
  /// By place: where a reservation would count.
  let counters: [Set<OutreachCounter>]
  private let pauses: [OrgChannel: Instant]

  private struct OrgChannel: Hashable {
    let org: OrgID
    let channel: OutreachChannel
  }

  init(
    of asked: [PreparedAction], _ store: any StoreReading, delivery: DeliveryMode
  ) throws {
    let records = try store.records(
      Set(
        asked.flatMap { prepared in
          (prepared.reading.plan.compactMap(\.predicate.record) + prepared.reading.records)
            .map { OrgRecord(prepared.state.org, $0) }
        }))
    self.records = records
    let parties = try asked.map { prepared in
      try prepared.reading.parties { reference in
        try Self.record(records, prepared.state.org, reference, store)
      }
    }
    var questions: [Int: OutreachQuestion] = [:]
    for (place, prepared) in asked.enumerated() {
      questions[place] = prepared.reading.question(
        prepared.organisation, delivery, parties[place], now: store.now, ahead: asked.count - 1)
    }
    self.questions = questions
    let places = questions.keys.sorted()
    let answers = try store.outreachFacts(places.compactMap { questions[$0] })
    outreach = Dictionary(uniqueKeysWithValues: zip(places, answers))
    let families = try store.partnerFamilies(
      Set(zip(asked, parties).flatMap { asked, own in own.map { OrgPartner(asked.state.org, $0) } })
    )
    counters = zip(asked, parties).map { prepared, own in
      let org = prepared.state.org
      let roots = own.map { families[OrgPartner(org, $0)]?.min() ?? $0 }
      return prepared.reading.counters(of: org, roots)
    }
    var pauses: [OrgChannel: Instant] = [:]
    for key in Set(questions.values.map { OrgChannel(org: $0.org, channel: $0.channel) }) {
      pauses[key] = try store.channelPause(key.org, key.channel)?.until
    }
    self.pauses = pauses
  }

  func record(
    _ org: OrgID, _ reference: RecordReference, _ store: any StoreReading
  ) throws -> LedgerRecord? {
    try Self.record(records, org, reference, store)
  }

  private static func record(
    _ records: [OrgRecord: LedgerRecord], _ org: OrgID, _ reference: RecordReference,
    _ store: any StoreReading
  ) throws -> LedgerRecord? {
    try records[OrgRecord(org, reference)] ?? store.record(org, reference)
  }

  func isPaused(_ org: OrgID, _ channel: OutreachChannel?, at now: Instant) -> Bool {
    guard let channel, let until = pauses[OrgChannel(org: org, channel: channel)] else {
      return false
    }
    return until > now
  }
}
