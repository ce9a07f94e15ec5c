import ActionProtocol

extension PolicyBacktest {
  /// `{decisions, matrix: {old: {new: count}}, refused_would_go, approved_would_be_refused,
  /// would_go_by_itself, alerts, prompts_saved_per_week, hits, never_hit}`.
  public var json: JSONValue {
    let kinds = PolicyVerdict.Kind.allCases
    let rows = kinds.map { old in
      (
        old.rawValue,
        JSONValue.object(
          JSONObject(
            kinds.map { ($0.rawValue, JSONValue.integer(Int64(matrix[old]?[$0] ?? 0))) }))
      )
    }
    return [
      "decisions": .integer(Int64(count)), "matrix": .object(JSONObject(rows)),
      "refused_would_go": refusedWouldGo.json,
      "approved_would_be_refused": approvedWouldBeRefused.json,
      "would_go_by_itself": wouldGoByItself.json, "alerts": alerts.json,
      "prompts_saved_per_week": .number((promptsSavedPerWeek * 10).rounded() / 10),
      "hits": .object(JSONObject(hits.map { ($0.rule, .integer(Int64($0.count))) })),
      "never_hit": .array(neverHit.map { .string($0) }),
    ]
  }
}

extension PolicyBacktest.Listing {
  /// `{count, ids}`.
  public var json: JSONValue {
    ["count": .integer(Int64(count)), "ids": .array(ids.map { .string($0) })]
  }
}
