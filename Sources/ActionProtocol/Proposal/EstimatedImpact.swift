/// What the proposer expects the action to bring.
public struct EstimatedImpact: Hashable, Sendable {
  /// The change in revenue.
  public var revenueChange: Money?
  /// The change in days of cash runway.
  public var cashRunwayChangeDays: Double?
  /// Hours of work saved.
  public var timeSavedHours: Double?
  /// How much risk is taken away, 0-100.
  public var riskReductionScore: Double?

  /// An impact of the given parts.
  public init(
    revenueChange: Money? = nil, cashRunwayChangeDays: Double? = nil,
    timeSavedHours: Double? = nil, riskReductionScore: Double? = nil
  ) {
    self.revenueChange = revenueChange
    self.cashRunwayChangeDays = cashRunwayChangeDays
    self.timeSavedHours = timeSavedHours
    self.riskReductionScore = riskReductionScore
  }

  /// The impact on the wire.
  public var json: JSONValue {
    var object = JSONObject()
    object.append("revenue_change", revenueChange?.json)
    object.append("cash_runway_change_days", cashRunwayChangeDays.map { .number($0) })
    object.append("time_saved_hours", timeSavedHours.map { .number($0) })
    object.append("risk_reduction_score", riskReductionScore.map { .number($0) })
    return .object(object)
  }
}

extension Money {
  /// The amount on the wire: `{minor_units, currency}`.
  public var json: JSONValue {
    ["minor_units": .integer(minorUnits), "currency": .string(currency.code)]
  }
}
