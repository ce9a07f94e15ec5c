import ActionProtocol

/// The action types that a rule is about, as one word of a file: a type or a group of types.
public enum PolicyScope: Hashable, Sendable {
  case type(ActionType)
  case group(Group)

  /// Types that belong together.
  public enum Group: String, CaseIterable, Hashable, Sendable {
    /// Every type.
    case all
    /// E-mails and text messages.
    case messages
    case emails
    case texts
    /// Messages about invoices and payments, and the escalation of an invoice.
    case money
    /// Tasks, notes, activities and reminders of our own, which no customer sees.
    case inside

    /// The types, in the protocol's order.
    public var types: [ActionType] {
      ActionType.allCases.filter { type in
        switch self {
        case .all: true
        case .messages: type.operationType.effectType != nil
        case .emails: type.operationType.effectType == .email
        case .texts: type.operationType.effectType == .sms
        case .money:
          [.sendInvoiceReminder, .sendPaymentConfirmation, .escalateOverdueInvoice].contains(type)
        case .inside: type.operationType.effectType == nil && type != .updateDealStage
        }
      }
    }
  }

  /// The scope of a word, nil where there is none.
  public init?(name: String) {
    if let group = Group(rawValue: name) {
      self = .group(group)
    } else if let type = ActionType(rawValue: name) {
      self = .type(type)
    } else {
      return nil
    }
  }

  /// The word in files.
  public var name: String {
    switch self {
    case .type(let type): type.rawValue
    case .group(let group): group.rawValue
    }
  }

  /// The types it stands for.
  public var types: [ActionType] {
    switch self {
    case .type(let type): [type]
    case .group(let group): group.types
    }
  }
}

/// One rule of a policy.
public struct PolicyRule: Hashable, Sendable {
  /// Whether a rule decides.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case active
    /// Only noted: what would have been decided stands beside what was.
    case shadow
    case off
  }

  /// A word that never changes: lower-case letters, digits and hyphens.
  public var id: String
  /// A line for people.
  public var title: String
  /// Whether it decides.
  public var status: Status
  /// What it is about; not empty.
  public var on: [PolicyScope]
  /// When it applies.
  public var when: PolicyCondition
  /// What it does; nil only where it tells somebody and does nothing else.
  public var then: PolicyOutcome?
  /// Whom it tells.
  public var notice: PolicyNotice?
  /// Why, shown to persons and agents.
  public var reason: String
  /// Who answers for the rule.
  public var owner: String?
  /// By when somebody should look at it again.
  public var reviewBy: LocalDate?

  public init(
    id: String, title: String, status: Status = .active, on: [PolicyScope],
    when: PolicyCondition = PolicyCondition(), then: PolicyOutcome?, notice: PolicyNotice? = nil,
    reason: String, owner: String? = nil, reviewBy: LocalDate? = nil
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.on = on
    self.when = when
    self.then = then
    self.notice = notice
    self.reason = reason
    self.owner = owner
    self.reviewBy = reviewBy
  }

  /// The action types it is about, in the protocol's order.
  public var types: [ActionType] {
    let named = Set(on.flatMap(\.types))
    return ActionType.allCases.filter(named.contains)
  }

  /// The fields it looks at that a proposer or a text controls.
  public var claimedFields: [PolicyField] {
    when.clauses.map(\.field).filter(\.row.source.tightensOnly)
  }
}
