/// A sequence of faults, as the control API and a schedule file give it.
public struct FaultSchedule: Sendable, Equatable {
  var rules: [FaultSwitch.Rule]
  var cycles: Bool

  /// Reads a schedule file: an array of `{"fault", "count", "path", "every"}`, or an object with
  /// such an array as `faults` and `cycle`.
  ///
  /// - Throws: `SandboxError` `faults_file_damaged`.
  public init(json bytes: [UInt8]) throws(SandboxError) {
    guard let json = try? JSONReader.parse(bytes), let schedule = FaultSchedule(json) else {
      throw SandboxError("faults_file_damaged")
    }
    self = schedule
  }

  init?(_ json: JSONValue) {
    guard let items = json.array ?? json["faults"]?.array else { return nil }
    rules = items.compactMap(FaultSwitch.Rule.init(json:))
    guard rules.count == items.count else { return nil }
    let cycle = json["cycle"] ?? .null
    guard cycle == .null || cycle.bool != nil else { return nil }
    cycles = cycle.bool ?? false
    // A cycle in which nothing is ever used up would be its first rule alone.
    if cycles, rules.contains(where: { $0.remaining == nil }) { return nil }
  }
}

extension FaultSwitch.Rule {
  init?(json: JSONValue) {
    guard let name = json["fault"]?.string, let fault = SandboxFault(rawValue: name) else {
      return nil
    }
    let count = json["count"] ?? .null
    let path = json["path"] ?? .null
    let every = json["every"] ?? .null
    guard count == .null || count.integer.map({ $0 >= 0 }) == true,
      every == .null || every.integer.map({ $0 >= 1 }) == true,
      path == .null || path.string != nil
    else { return nil }
    self.init(
      fault: fault, remaining: count.integer,
      path: path.string.map(SandboxResponder.endpointPath(of:)), every: every.integer ?? 1)
  }

  var json: JSONValue {
    [
      "fault": .string(fault.rawValue), "count": remaining.map(JSONValue.integer) ?? .null,
      "path": JSONValue(path), "every": .integer(every),
    ]
  }
}
