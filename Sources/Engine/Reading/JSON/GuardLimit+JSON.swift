import ActionProtocol
import Decisions

extension GuardLimit {
  /// For programs: `kind`, `words`, and the numbers of the kind.
  public var json: JSONValue {
    var json: JSONObject = ["kind": .string(kind), "words": .string(words)]
    switch self {
    case .spacing(let duration), .afterAnswer(let duration):
      json["minutes"] = .integer(duration.components.seconds / 60)
    case .count(let limit, let span):
      json["count"] = .integer(Int64(limit))
      json["span"] = .string(span.rawValue)
    case .hours(let hours):
      json["start_minute"] = .integer(Int64(hours.start))
      json["end_minute"] = .integer(Int64(hours.end))
      json["days"] = .array(hours.days.sorted().map { .integer(Int64($0)) })
    case .month(let channel, let amount):
      json["channel"] = .string(channel.rawValue)
      json["amount"] = .string(amount)
    case .suppression(let scope): json["scope"] = .string(scope.rawValue)
    case .openTogether(let days): json["days"] = .integer(Int64(days))
    case .consent: break
    }
    return .object(json)
  }
}
