import ActionProtocol

extension PolicyReader {
  private static let outcomes = ["deny", "require", "auto", "delay", "cap"]

  mutating func outcome(
    _ node: PolicyNode, _ path: String
  ) -> (outcome: PolicyOutcome?, notice: PolicyNotice?)? {
    guard let map = map(node, path, Self.outcomes + ["notify"]) else { return nil }
    let named = Self.outcomes.filter { map[$0] != nil }
    let notice = map["notify"].map { self.notice($0, "\(path).notify") }
    guard named.count <= 1 else {
      report(
        node, path, "then.several",
        "A rule has one outcome; this has \(named.joined(separator: ", ")).",
        "Make a rule of each.")
      return nil
    }
    guard let name = named.first, let value = map[name] else {
      if notice == nil {
        report(
          node, path, "then.empty", "\(place(path)) says nothing.",
          "Name one of \(Self.outcomes.joined(separator: ", ")), or notify.")
      }
      return (nil, notice ?? nil)
    }
    return (outcome(name, value, "\(path).\(name)"), notice ?? nil)
  }

  private mutating func outcome(
    _ name: String, _ node: PolicyNode, _ path: String
  ) -> PolicyOutcome? {
    switch name {
    case "deny":
      return map(node, path, []) == nil ? nil : .deny
    case "require":
      return requirement(node, path).map { .require($0) }
    case "auto":
      guard let map = map(node, path, ["undo"]) else { return nil }
      return .auto(undo: map["undo"].flatMap { span($0, "\(path).undo") })
    case "delay": return delay(node, path).map { .delay($0) }
    default: return cap(node, path).map { .cap($0) }
    }
  }

  private mutating func requirement(_ node: PolicyNode, _ path: String) -> PolicyRequirement? {
    let keys = [
      "role", "n", "not_proposer", "step_up", "channels", "expires", "escalate", "rejections",
    ]
    guard let map = map(node, path, keys, needed: ["role"]) else { return nil }
    let role = map["role"].flatMap { self.role($0, "\(path).role") }
    let n = map["n"].flatMap { integer($0, "\(path).n", 1...9) }
    let notProposer = map["not_proposer"].flatMap { flag($0, "\(path).not_proposer") }
    let stepUp = map["step_up"].flatMap { word($0, "\(path).step_up", as: StepUp.self) }
    let channels = map["channels"].flatMap {
      words($0, "\(path).channels", as: ApprovalChannel.self)
    }
    let expires = map["expires"].flatMap { span($0, "\(path).expires") }
    let escalate = self.escalate(map["escalate"], "\(path).escalate", before: expires)
    let rejections = map["rejections"].flatMap { integer($0, "\(path).rejections", 1...9) }
    guard let role else { return nil }
    return PolicyRequirement(
      role: role, n: n.map { Int($0) } ?? 1, notProposer: notProposer ?? false,
      stepUp: stepUp ?? .none, channels: channels, expires: expires, escalate: escalate,
      rejections: rejections.map { Int($0) } ?? 1)
  }

  private mutating func escalate(
    _ node: PolicyNode?, _ path: String, before end: PolicySpan?
  ) -> Set<Escalation> {
    var steps: Set<Escalation> = []
    for (index, item) in list(node, path, upTo: 10).enumerated() {
      let place = "\(path)[\(index)]"
      guard let map = map(item, place, ["after", "role"], needed: ["after", "role"]),
        let after = map["after"].flatMap({ span($0, "\(place).after") }),
        let role = map["role"].flatMap({ self.role($0, "\(place).role") })
      else { continue }
      if let end, after >= end {
        report(
          item, place, "escalate.late", "The request has expired by then.",
          "Escalate before \(end.text), or let it expire later.")
      }
      steps.insert(Escalation(after: after, role: role))
    }
    return steps
  }

  private mutating func delay(_ node: PolicyNode, _ path: String) -> PolicyDelay? {
    guard let map = map(node, path, ["for", "from", "to", "days", "holidays"]) else { return nil }
    if let span = map["for"] {
      if map.count > 1 {
        report(
          node, path, "delay.both", "A delay is for a time, or until hours are open.",
          "Keep for alone, or from and to.")
      }
      return self.span(span, "\(path).for").map { .span($0) }
    }
    guard let from = map["from"], let to = map["to"] else {
      report(
        node, path, "delay.empty", "\(place(path)) does not say how long.",
        "Write for: 2h, or from: \"09:00\" and to: \"17:00\".")
      return nil
    }
    guard let start = time(from, "\(path).from"), let end = time(to, "\(path).to") else {
      return nil
    }
    let days = map["days"].map { self.days($0, "\(path).days") } ?? Set(1...7)
    let holidays = map["holidays"].flatMap {
      word($0, "\(path).holidays", among: ["open", "closed"])
    }
    let hours = PolicyHours(
      from: start, to: end, days: days, closedOnHolidays: holidays != "open")
    if hours == nil {
      report(
        node, path, "delay.hours", "\(place(path)) makes no hours.",
        "Let from be before 24:00 and name at least one day.")
    }
    return hours.map { .hours($0) }
  }

  private mutating func time(_ node: PolicyNode, _ path: String) -> TimeOfDay? {
    guard let text = scalar(node, path) else { return nil }
    if let time = TimeOfDay(text) { return time }
    report(
      node, path, "value.time", "\(place(path)) is no time of day.", "Write it as \"09:00\".")
    return nil
  }

  private mutating func days(_ node: PolicyNode, _ path: String) -> Set<Int> {
    let names = list(node, path, upTo: 7).enumerated().compactMap { index, item in
      word(item, "\(path)[\(index)]", among: PolicyHours.dayNames)
    }
    return Set(names.compactMap { PolicyHours.dayNames.firstIndex(of: $0) }.map { $0 + 1 })
  }

  private mutating func cap(_ node: PolicyNode, _ path: String) -> PolicyCap? {
    let keys = ["max", "per", "key", "over"]
    guard let map = map(node, path, keys, needed: ["max", "per", "over"]) else { return nil }
    let limit = map["max"].flatMap { self.limit($0, "\(path).max") }
    let per = map["per"].flatMap { span($0, "\(path).per") }
    let key = map["key"].map { word($0, "\(path).key", as: PolicyCap.Key.self) } ?? .org
    let over = map["over"].flatMap { self.over($0, "\(path).over") }
    guard let limit, let per, let key, let over else { return nil }
    return PolicyCap(limit, per: per, key: key, over: over)
  }

  /// A number of actions, or an amount.
  private mutating func limit(_ node: PolicyNode, _ path: String) -> PolicyCap.Limit? {
    if case .scalar(let text, _) = node.content, !text.contains(" ") {
      return integer(node, path, 1...1_000_000).map { .count($0) }
    }
    return money(node, path).map { .amount($0) }
  }

  private mutating func over(_ node: PolicyNode, _ path: String) -> PolicyCap.Over? {
    if case .map = node.content {
      guard let map = map(node, path, ["require"], needed: ["require"]),
        let require = map["require"]
      else { return nil }
      return requirement(require, "\(path).require").map { .require($0) }
    }
    return word(node, path, among: ["deny", "wait"]).map { $0 == "deny" ? .deny : .wait }
  }

  private mutating func notice(_ node: PolicyNode, _ path: String) -> PolicyNotice? {
    let keys = ["roles", "moments", "channels"]
    guard let map = map(node, path, keys, needed: ["roles"]) else { return nil }
    let roles = list(map["roles"], "\(path).roles", upTo: 20).compactMap {
      slug($0, "\(path).roles")
    }
    if let node = map["roles"] { reportEmpty(node, "\(path).roles") }
    let moments = map["moments"].map { words($0, "\(path).moments", as: PolicyNotice.Moment.self) }
    let channels = map["channels"].map { words($0, "\(path).channels", as: ApprovalChannel.self) }
    return PolicyNotice(
      roles: Set(roles), moments: (moments ?? [.after]) ?? [.after],
      channels: (channels ?? [.inApp]) ?? [.inApp])
  }
}
