extension Policy {
  /// The policy that is active from an organisation's creation on: the standard one without its hours
  /// and its limits on messages.
  ///
  /// Those are the organisation's own settings, which bind every message in the moment of sending and
  /// to the exact instant. Standing in the policy too, they would be counted twice and could disagree.
  public static let initial = Policy(
    name: standard.name, rules: standard.rules.filter { !isSetting($0) },
    cases: standard.cases.filter { one in
      one.waits != true && Set(one.caps.keys).isDisjoint(with: settingRules)
    })

  /// The rules of the standard policy that an organisation's settings carry out.
  public static let settingRules: Set<String> = Set(
    standard.rules.filter(isSetting).map(\.id))

  private static func isSetting(_ rule: PolicyRule) -> Bool {
    switch rule.then {
    case .delay: true
    case .cap: rule.on.allSatisfy { $0 == .group(.emails) || $0 == .group(.texts) }
    default: false
    }
  }
}
