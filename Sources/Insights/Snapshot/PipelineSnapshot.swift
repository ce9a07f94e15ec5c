import ActionProtocol

/// A stay of a deal in a stage.
public struct StageStay: Hashable, Sendable {
  public var stage: Int64
  public var enteredOn: LocalDate
  /// Nil: it is still there.
  public var leftOn: LocalDate?

  public init(stage: Int64, enteredOn: LocalDate, leftOn: LocalDate? = nil) {
    self.stage = stage
    self.enteredOn = enteredOn
    self.leftOn = leftOn
  }

  /// Whole days in the stage, at least 0; nil while it lasts.
  public var days: Int? { leftOn.map { max(0, $0.days(since: enteredOn)) } }
}

/// That a deal was seen in a stage.
public struct StageVisit: Hashable, Sendable {
  public var stage: Int64
  /// Nil: nobody knows when it came.
  public var enteredOn: LocalDate?

  public init(stage: Int64, enteredOn: LocalDate?) {
    self.stage = stage
    self.enteredOn = enteredOn
  }
}

extension StageStay {
  /// The stays of a deal whose first and last day are known, and the one that lasts.
  ///
  /// - Parameters:
  ///   - visits: the earliest first.
  ///   - won: stages that end a deal; being there is no stay.
  public static func stays(
    of deal: DealFacts, visits: [StageVisit], won: Set<Int64>
  ) -> [StageStay] {
    visits.indices.compactMap { place in
      let visit = visits[place]
      guard let entered = visit.enteredOn, !won.contains(visit.stage) else { return nil }
      let isLast = place == visits.index(before: visits.endIndex)
      if isLast, deal.state == .open { return StageStay(stage: visit.stage, enteredOn: entered) }
      guard let left = isLast ? deal.closedOn : visits[place + 1].enteredOn else { return nil }
      return StageStay(stage: visit.stage, enteredOn: entered, leftOn: left)
    }
  }
}

/// A sales opportunity as it stands on the snapshot's date.
public struct DealFacts: Hashable, Sendable {
  public enum State: String, Hashable, Sendable { case open, won, lost }

  /// Odoo's `crm.lead` id.
  public var id: Int64
  public var name: String
  public var partnerID: PartnerID?
  public var partnerName: String?
  public var stage: Int64
  public var state: State
  public var value: Money?
  /// When work on it began; nil: unknown.
  public var openedOn: LocalDate?
  /// When it was won or lost; nil while it is open, and where the source does not say.
  public var closedOn: LocalDate?
  public var expectedClose: LocalDate?
  /// When anybody last did anything about it, by the source's word.
  public var lastActivityOn: LocalDate?
  /// When the customer last wrote about it.
  public var lastContactOn: LocalDate?
  /// How often the expected close was moved to a later day.
  public var postponed: Int
  /// Who looks after it, by name.
  public var salesperson: String?
  /// Its stays whose first day is known, the earliest first. What it passed through between two
  /// readings is not among them.
  public var stays: [StageStay]

  public init(
    id: Int64, name: String, partnerID: PartnerID? = nil, partnerName: String? = nil, stage: Int64,
    state: State = .open, value: Money? = nil, openedOn: LocalDate? = nil,
    closedOn: LocalDate? = nil, expectedClose: LocalDate? = nil, lastActivityOn: LocalDate? = nil,
    lastContactOn: LocalDate? = nil, postponed: Int = 0, salesperson: String? = nil,
    stays: [StageStay] = []
  ) {
    self.id = id
    self.name = name
    self.partnerID = partnerID
    self.partnerName = partnerName
    self.stage = stage
    self.state = state
    self.value = value
    self.openedOn = openedOn
    self.closedOn = closedOn
    self.expectedClose = expectedClose
    self.lastActivityOn = lastActivityOn
    self.lastContactOn = lastContactOn
    self.postponed = postponed
    self.salesperson = salesperson
    self.stays = stays
  }

  /// When it came to the stage that it is in; nil: unknown.
  public var stageSince: LocalDate? {
    stays.last.flatMap { $0.stage == stage && $0.leftOn == nil ? $0.enteredOn : nil }
  }
}

extension DealFacts {
  /// Days from its beginning to its end; nil while it is open, and where either is unknown.
  var cycleDays: Int? {
    guard let openedOn, let closedOn else { return nil }
    return closedOn.days(since: openedOn)
  }
}

extension DealFacts {
  /// The deal as it stood at the end of a day; nil where it had not begun.
  ///
  /// Value, expected close and salesperson are those of the snapshot: nobody kept older ones.
  public func seen(on day: LocalDate) -> DealFacts? {
    if let openedOn, openedOn > day { return nil }
    var deal = self
    deal.stays = stays.filter { $0.enteredOn <= day }.map { stay in
      guard let left = stay.leftOn, left > day else { return stay }
      return StageStay(stage: stay.stage, enteredOn: stay.enteredOn)
    }
    if let closedOn, closedOn > day {
      deal.state = .open
      deal.closedOn = nil
    }
    if deal.state == .open, let last = deal.stays.last, last.leftOn == nil {
      deal.stage = last.stage
    }
    return deal
  }
}

/// A column of the pipeline.
public struct StageFacts: Hashable, Sendable {
  public var id: Int64
  public var name: String
  /// Reaching it wins the deal.
  public var isWon: Bool

  public init(id: Int64, name: String, isWon: Bool = false) {
    self.id = id
    self.name = name
    self.isWon = isWon
  }
}

/// One consistent reading of the deals.
public struct PipelineSnapshot: Sendable {
  public var company: CompanyProfile
  /// The day in the company's zone that stays are counted to.
  public var asOf: LocalDate
  /// The oldest source time among the open deals, nil where there are none.
  public var recordsAsOf: Instant?
  public var stages: [StageFacts]
  public var deals: [DealFacts]
  /// The customers.
  public var partners: [PartnerFacts]

  public init(
    company: CompanyProfile, asOf: LocalDate, recordsAsOf: Instant?, stages: [StageFacts],
    deals: [DealFacts], partners: [PartnerFacts] = []
  ) {
    self.partners = partners
    self.company = company
    self.asOf = asOf
    self.recordsAsOf = recordsAsOf
    self.stages = stages
    self.deals = deals
  }
}
