import ActionProtocol

/// What was won of what was decided, over the window.
public struct WinRate: Hashable, Sendable {
  public var won = 0
  public var lost = 0

  public init(won: Int = 0, lost: Int = 0) {
    self.won = won
    self.lost = lost
  }

  /// won / (won + lost), 0...1; nil where nothing was decided.
  public var share: Double? {
    won + lost == 0 ? nil : Double(won) / Double(won + lost)
  }
}

/// The open deals of a stage.
public struct StageRow: Hashable, Sendable {
  public let stage: StageFacts
  /// Open deals in it, with and without a value.
  public let count: Int
  /// The sum of their values by currency, sorted by code; deals without a value are not in it.
  public let values: [Money]
  /// Nil where nobody knows since when any deal is or was in it.
  public let limit: StageLimit?
  /// Stays that ended well: how many, and their 50th and 80th percentile in days.
  public let sample: DaySample
}

/// Money that open deals bring a day at the pace of the window, in one currency.
///
/// open deals with a known beginning × win rate ÷ mean days from beginning to win × mean value of the won.
public struct SalesVelocity: Hashable, Sendable {
  public let currency: Currency
  public let openDeals: Int
  public let winRate: Double
  /// Minor units.
  public let meanWonValue: Double
  public let meanCycleDays: Double

  /// Minor units a day.
  public var perDay: Double {
    Double(openDeals) * winRate * meanWonValue / meanCycleDays
  }
}

/// Something about the deals that an analysis cannot count.
public enum PipelineGap: String, CaseIterable, Hashable, Sendable {
  case noStageDate = "no_stage_date"
  case noValue = "no_value"
  case noCustomer = "no_customer"
  case closedBeforeOpened = "closed_before_opened"
  case negativeValue = "negative_value"
  case duplicateRecord = "duplicate_record"
  case unknownStage = "unknown_stage"

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .noStageDate:
      "Give the day on which the deal came to its stage, or began; it is not called stalled until then."
    case .noValue: "Give the deal a value; it comes last in every list until then."
    case .noCustomer: "Link the deal to a customer; nobody can be written to until then."
    case .closedBeforeOpened: "Correct the deal's dates; its days are not counted."
    case .negativeValue: "Correct the deal's value; it is not counted."
    case .duplicateRecord: "Import each deal once, under one id."
    case .unknownStage: "Import the stage that the deal names."
    }
  }
}

/// The pipeline on a day. Everything in it is computed from the snapshot alone.
public struct SalesReport: Hashable, Sendable {
  public let orgID: OrgID
  public let asOf: LocalDate
  public let recordsAsOf: Instant?
  /// Open deals.
  public let open: Int
  /// Stages with an open deal or a sample, in the snapshot's order.
  public let stages: [StageRow]
  /// Stalled deals, by ``DealFinding/expected``, the largest first; at most the rules' share of the open.
  public let stalled: [DealFinding]
  /// Stalled deals beyond that.
  public let stalledUnlisted: Int
  /// Deals older in their stage than any that went on, in the same order.
  public let agedOut: [DealFinding]
  /// Open deals with any other issue, in the same order.
  public let others: [DealFinding]
  /// Of deals that closed in the window.
  public let winRate: WinRate
  public let salespeople: [Salesperson]
  /// Days from a won deal's beginning to its end, of the window.
  public let cycle: DaySample
  /// By currency, sorted by code; none where a figure is missing.
  public let velocity: [SalesVelocity]
  /// How many records have each gap.
  public let gaps: [PipelineGap: Int]

  /// How one of the company's people did in the window.
  public struct Salesperson: Hashable, Sendable {
    public let name: String
    public let rate: WinRate
    public let open: Int
  }
}
