import ActionProtocol

extension PolicyRequirement {
  /// Reads what ``json`` writes; nil where it is none.
  public init?(json: JSONValue) {
    guard case .object(let object) = json, case .array(let roles)? = object["roles"],
      case .bool(let notProposer)? = object["not_proposer"],
      let stepUp = object["step_up"]?.stringValue.flatMap(StepUp.init(rawValue:))
    else { return nil }
    self = .standard
    self.roles = [:]
    for role in roles {
      guard let name = role.objectValue?["role"]?.stringValue,
        let n = role.objectValue?["n"]?.integerValue
      else { return nil }
      self.roles[name] = Int(n)
    }
    guard !self.roles.isEmpty else { return nil }
    self.notProposer = notProposer
    self.stepUp = stepUp
    if case .array(let channels)? = object["channels"] {
      let read = channels.compactMap { $0.stringValue.flatMap(ApprovalChannel.init(rawValue:)) }
      guard read.count == channels.count else { return nil }
      self.channels = Set(read)
    }
    if let text = object["expires"]?.stringValue {
      guard let span = PolicySpan(text) else { return nil }
      expires = span
    }
    if let rejections = object["rejections"] {
      guard let number = rejections.integerValue, number > 0 else { return nil }
      self.rejections = Int(number)
    }
    if case .array(let steps)? = object["escalate"] {
      for step in steps {
        guard let after = step.objectValue?["after"]?.stringValue.flatMap({ PolicySpan($0) }),
          let role = step.objectValue?["role"]?.stringValue
        else { return nil }
        escalate.insert(Escalation(after: after, role: role))
      }
    }
  }
}
