import ActionProtocol

/// Says a policy in plain English, from its parts alone.
public enum PolicySentences {
  /// A rule as one sentence: what it is about, when, and what happens.
  public static func sentence(_ rule: PolicyRule) -> String {
    var parts = [capitalized(subject(rule.on))]
    if !rule.when.isEmpty { parts.append(", when " + condition(rule.when) + ",") }
    var deeds = rule.then.map { [deed($0)] } ?? []
    if let notice = rule.notice { deeds.append(Self.notice(notice)) }
    parts.append(" " + deeds.joined(separator: "; ") + ".")
    if rule.status != .active {
      parts.append(rule.status == .shadow ? " (Only noted, not applied.)" : " (Off.)")
    }
    return parts.joined()
  }

  /// What happens where no rule says anything.
  public static let standard =
    "Whatever no rule speaks of needs the approval of the owner. High and critical risk always needs "
    + "a person. Where rules disagree, the strictest holds; a rule that cannot be evaluated denies."

  // MARK: - Subjects

  private static func subject(_ on: [PolicyScope]) -> String {
    joined(on.map(name), "and")
  }

  private static func name(_ scope: PolicyScope) -> String {
    switch scope {
    case .group(let group):
      switch group {
      case .all: "every action"
      case .messages: "every e-mail and text message"
      case .emails: "every e-mail"
      case .texts: "every text message"
      case .money: "every reminder, payment confirmation and escalation of an invoice"
      case .inside: "every task, note, activity and follow-up of our own"
      }
    case .type(let type): "every " + noun(type)
    }
  }

  /// A type as people call it.
  public static func noun(_ type: ActionType) -> String {
    switch type {
    case .followUpOnStaleDeal: "follow-up e-mail on a stalled deal"
    case .sendInvoiceReminder: "invoice reminder"
    case .createCollectionTask: "collection task"
    case .scheduleCustomerCheckIn: "planned customer check-in"
    case .updateDealStage: "move of a deal"
    case .flagAtRiskProject: "task about a project at risk"
    case .sendPaymentConfirmation: "payment confirmation"
    case .createFollowUpTask: "follow-up task"
    case .sendDealCheckIn: "check-in e-mail on a deal"
    case .escalateOverdueInvoice: "escalation of an overdue invoice"
    case .xSendSMSAlert: "text message alert"
    case .xSendTaskNotification: "task notification"
    case .xSendCustomMessage: "custom message"
    case .xLogActivity: "logged activity"
    case .xCreateNote: "internal note"
    }
  }

  // MARK: - Conditions

  /// A condition in words.
  public static func condition(_ condition: PolicyCondition) -> String {
    var parts: [String] = []
    if !condition.all.isEmpty { parts.append(joined(condition.all.map(item), "and")) }
    if !condition.any.isEmpty {
      let words = joined(condition.any.map(item), "or")
      parts.append(condition.any.count > 1 && !parts.isEmpty ? "(\(words))" : words)
    }
    if !condition.none.isEmpty {
      // A group brings its own parentheses.
      if condition.none.count == 1, case .group? = condition.none.first {
        parts.append("not " + joined(condition.none.map(item), "or"))
      } else {
        parts.append("not (" + joined(condition.none.map(item), "or") + ")")
      }
    }
    return parts.joined(separator: " and ")
  }

  private static func item(_ item: PolicyCondition.Item) -> String {
    switch item {
    case .clause(let clause): Self.clause(clause)
    case .group(let group): "(" + condition(group) + ")"
    }
  }

  /// A clause in words: `the amount is more than 5000.00 EUR`.
  public static func clause(_ clause: PolicyClause) -> String {
    let field = clause.field
    let phrase = field.row.phrase
    if case .flag(let flag)? = clause.values.first {
      if clause.op == .exists { return phrase + (flag ? " is known" : " is not known") }
      return flag ? phrase : "it is not so that " + phrase
    }
    if clause.op == .between, clause.values.count == 2 {
      return "\(phrase) \(clause.op.phrase(field.type)) "
        + clause.values.map { $0.words(field.type) }.joined(separator: " to ")
    }
    let values = clause.values.map { $0.words(field.type) }
    return "\(phrase) \(clause.op.phrase(field.type)) \(joined(values, "or"))"
  }

  // MARK: - Outcomes

  private static func deed(_ outcome: PolicyOutcome) -> String {
    switch outcome {
    case .deny: "is refused"
    case .require(let requirement): "needs " + Self.requirement(requirement)
    case .auto(let undo):
      "goes by itself" + (undo.map { ", with \($0.words) to undo it" } ?? "")
    case .delay(.span(let span)): "waits \(span.words)"
    case .delay(.hours(let hours)):
      "waits until it is \(hours.dayWords), \(hours.from.rawValue) to \(hours.to.rawValue) on the "
        + "recipient's clock" + (hours.closedOnHolidays ? ", and no holiday" : "")
    case .cap(let cap): Self.cap(cap)
    }
  }

  /// A requirement in words: `the approval of 2 × finance within 1 day`.
  public static func requirement(_ requirement: PolicyRequirement) -> String {
    let roles = requirement.roles.sorted { $0.key < $1.key }.map { role, n in
      n == 1 ? "the approval of \(role)" : "\(n) different approvals of \(role)"
    }
    var text = joined(roles, "and")
    if requirement.notProposer { text += ", not by whoever proposes it" }
    if requirement.stepUp != .none { text += ", proven by \(requirement.stepUp.rawValue)" }
    if let channels = requirement.openChannels {
      text += ", given by " + joined(channels.map(channel).sorted(), "or")
    }
    if let expires = requirement.expires { text += ", within \(expires.words)" }
    for step in requirement.escalate.sorted() {
      text += ", also asking \(step.role) after \(step.after.words)"
    }
    if requirement.rejections > 1 {
      text += "; \(requirement.rejections) different refusals end it"
    }
    return text
  }

  private static func channel(_ channel: ApprovalChannel) -> String {
    switch channel {
    case .inApp: "in the app"
    case .email: "e-mail"
    case .sms: "text message"
    }
  }

  private static func cap(_ cap: PolicyCap) -> String {
    let most =
      switch cap.limit {
      case .count(let count): "at most \(count) time" + (count == 1 ? "" : "s")
      case .amount(let money): "for at most \(money.policyText)"
      }
    let key =
      switch cap.key {
      case .org: "altogether"
      case .partner: "for each customer"
      case .recipient: "for each address"
      case .proposer: "for each proposer"
      }
    let over =
      switch cap.over {
      case .deny: "one too many is refused"
      case .wait: "one too many waits"
      case .require(let requirement): "one too many needs " + Self.requirement(requirement)
      }
    return "happens \(most) within \(cap.per.words) \(key); \(over)"
  }

  private static func notice(_ notice: PolicyNotice) -> String {
    let moments = PolicyNotice.Moment.allCases.filter(notice.moments.contains).map { moment in
      moment == .before ? "before it happens" : "when it is done"
    }
    return "\(joined(notice.roles.sorted(), "and")) is told \(joined(moments, "and")) by "
      + joined(notice.channels.map(channel).sorted(), "and")
  }

  // MARK: - Words

  static func joined(_ words: [String], _ last: String) -> String {
    guard words.count > 1, let final = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + final
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
