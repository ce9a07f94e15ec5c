/// What the records said when a plan was made; the values its checks pin.
public struct PlanFacts: Hashable, Sendable {
  /// The open amount of each invoice, by its number.
  public var residuals: [Int64: Money]
  /// The stage of each deal, task or order (for orders the state), as the record holds it.
  public var stages: [RecordReference: JSONValue]
  /// The window in which messages may leave.
  public var quietHours: QuietHours?
  /// How far back duplicates are looked for, where that is longer than the channel's own window.
  public var windowMinutes: Int?

  /// Facts of the given values.
  public init(
    residuals: [Int64: Money] = [:], stages: [RecordReference: JSONValue] = [:],
    quietHours: QuietHours? = nil, windowMinutes: Int? = nil
  ) {
    self.residuals = residuals
    self.stages = stages
    self.quietHours = quietHours
    self.windowMinutes = windowMinutes
  }
}

extension EffectType {
  /// How long after a message the next one of the same kind to the same partner is a duplicate,
  /// in minutes (the user's numbers: 4 hours for e-mail, 6 for SMS).
  public var duplicateWindowMinutes: Int {
    switch self {
    case .email: 240
    case .sms: 360
    case .apiCall: 60
    case .webhook: 30
    }
  }
}

extension ActionType {
  /// The context of an outreach's scope, after the colon of `partner_<id>:<context>`.
  public var outreachContext: String {
    switch subjectModel {
    case "account.move": "invoice"
    case "crm.lead": "deal"
    case "project.task": "task"
    default: "customer"
    }
  }
}
