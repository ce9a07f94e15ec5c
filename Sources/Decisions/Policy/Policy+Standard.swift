import ActionProtocol

extension Policy {
  /// The policy that every organisation starts with: nothing reaches a customer, and no money is
  /// touched, without a person; AIOM's own tasks and notes go by themselves.
  public static let standard = Policy(
    name: "standard", rules: guardrails + outreachLimits, cases: standardCases)

  private static let channels: Set<ApprovalChannel> = [.inApp, .email]

  /// AIOM itself writes to the organisation's own people.
  private static let toColleagues = PolicyCondition(all: [
    .field(.recipientKind, .eq, .text("internal")), .field(.proposerKind, .eq, .text("system")),
  ])

  private static let guardrails = [
    PolicyRule(
      id: "messages-ask", title: "Nothing is sent without a person", on: [.group(.messages)],
      when: PolicyCondition(none: [.group(toColleagues)]),
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "Customers and colleagues read what is sent."),
    PolicyRule(
      id: "money-asks", title: "Nothing about money happens without a person",
      on: [.group(.money)],
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "No amount, however small, is dealt with by itself."),
    PolicyRule(
      id: "deals-ask", title: "No deal is moved without a person", on: [.type(.updateDealStage)],
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "A stage is a promise to the forecast."),
    PolicyRule(
      id: "risk-asks", title: "Medium risk and above asks",
      on: [.group(.inside), .type(.updateDealStage)],
      when: PolicyCondition(all: [.field(.risk, .gte, .text("medium"))]),
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "What can go wrong is looked at first."),
    PolicyRule(
      id: "risky-messages-ask", title: "A message of medium risk and above asks",
      on: [.group(.messages)],
      when: PolicyCondition(
        all: [.field(.risk, .gte, .text("medium"))], none: [.group(toColleagues)]),
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "What can go wrong is looked at first, whatever else may go by itself one day."),
    PolicyRule(
      id: "bulk-asks", title: "More than ten records at once asks", on: [.group(.all)],
      when: PolicyCondition(all: [.field(.records, .gt, .integer(10))]),
      then: .require(
        PolicyRequirement(role: "owner", notProposer: true, channels: [.inApp])),
      reason: "One mistake would be many."),
    PolicyRule(
      id: "who-asks-is-asked", title: "Who asks for a person gets one", on: [.group(.all)],
      when: PolicyCondition(all: [.field(.asksForPerson, .eq, .flag(true))]),
      then: .require(PolicyRequirement(role: "owner", notProposer: true)),
      reason: "The proposal itself asks for an approval."),
    PolicyRule(
      id: "opted-out-never", title: "Never write to somebody who opted out",
      on: [.group(.messages)],
      when: PolicyCondition(all: [.field(.optedOut, .eq, .flag(true))]), then: .deny,
      reason: "The recipient does not want to be written to."),
    PolicyRule(
      id: "ten-recipients", title: "At most ten recipients", on: [.group(.emails)],
      when: PolicyCondition(all: [.field(.recipientCount, .gt, .integer(10))]), then: .deny,
      reason: "A message to many is a campaign, which AIOM does not send."),
    PolicyRule(
      id: "inside-goes", title: "Our own tasks, notes and follow-ups go by themselves",
      on: [.group(.inside)],
      when: PolicyCondition(all: [
        .clause(PolicyClause(.proposerKind, .in, [.text("system"), .text("person")]))
      ]),
      then: .auto(undo: .minutes(1)),
      reason: "No customer sees them, and they can be undone."),
    PolicyRule(
      id: "colleagues-are-told", title: "Colleagues hear of their own tasks",
      on: [.type(.xSendTaskNotification), .type(.xSendSMSAlert)], when: toColleagues,
      then: .auto(undo: .minutes(1)),
      reason: "Nobody outside reads it, and they asked for it."),
    PolicyRule(
      id: "office-hours", title: "Weekdays, nine to five", on: [.group(.messages)],
      when: PolicyCondition(none: [.group(toColleagues)]),
      then: PolicyHours.office.map { .delay(.hours($0)) } ?? .deny,
      reason: "Nobody is written to at night, on weekends or on holidays."),
    PolicyRule(
      id: "tell-the-owner", title: "The owner hears of everything", on: [.group(.all)], then: nil,
      notice: PolicyNotice(roles: ["owner"], moments: [.before, .after], channels: channels),
      reason: "Whoever answers for it knows of it."),
  ]

  private static let outreachLimits = [
    limit("emails-per-hour", .emails, 100, .hours(1), .org),
    limit("emails-per-day", .emails, 500, .days(1), .org),
    limit("texts-per-hour", .texts, 20, .hours(1), .org),
    limit("texts-per-day", .texts, 50, .days(1), .org),
    limit("emails-per-customer", .emails, 3, .days(1), .partner),
    limit("texts-per-customer", .texts, 2, .days(1), .partner),
    limit("email-pause", .emails, 1, .minutes(240), .partner),
    limit("text-pause", .texts, 1, .minutes(360), .partner),
    PolicyRule(
      id: "follow-up-pause", title: "Three hours between planned follow-ups of a customer",
      on: [.type(.scheduleCustomerCheckIn)],
      then: .cap(PolicyCap(.count(1), per: .minutes(180), key: .partner, over: .wait)),
      reason: "One plan at a time."),
  ]

  private static func limit(
    _ id: String, _ group: PolicyScope.Group, _ count: Int64, _ per: PolicySpan,
    _ key: PolicyCap.Key
  ) -> PolicyRule {
    let what = group == .emails ? "e-mail" : "text message"
    let many = count == 1 ? "One \(what)" : "At most \(count) \(what)s"
    return PolicyRule(
      id: id, title: "\(many) in \(per.words)\(key == .partner ? " for a customer" : "")",
      on: [.group(group)],
      then: .cap(PolicyCap(.count(count), per: per, key: key, over: .wait)),
      reason: key == .partner ? "Nobody is pestered." : "A fault cannot become a flood.")
  }

  private static let standardCases = [
    PolicyCase(
      name: "a first reminder waits for the owner", type: .sendInvoiceReminder,
      verdict: .require, roles: ["owner"], rules: ["messages-ask", "money-asks"]),
    PolicyCase(
      name: "a follow-up task of AIOM's own goes by itself", type: .createFollowUpTask,
      verdict: .auto, rules: ["inside-goes"], waits: false),
    PolicyCase(
      name: "an agent's task asks", type: .createFollowUpTask,
      facts: [.proposerKind: .text("agent")], verdict: .require, roles: ["owner"]),
    PolicyCase(
      name: "a colleague hears of overdue tasks by itself", type: .xSendTaskNotification,
      facts: [.recipientKind: .text("internal"), .proposerKind: .text("system")], verdict: .auto,
      rules: ["colleagues-are-told"]),
    PolicyCase(
      name: "an owner is alerted at night by itself", type: .xSendSMSAlert,
      facts: [
        .recipientKind: .text("internal"), .proposerKind: .text("system"), .hour: .integer(3),
      ], verdict: .auto, rules: ["colleagues-are-told"], waits: false),
    PolicyCase(
      name: "a text to a customer asks", type: .xSendSMSAlert,
      facts: [.recipientKind: .text("customer"), .proposerKind: .text("system")],
      verdict: .require, roles: ["owner"]),
    PolicyCase(
      name: "what an agent writes to a colleague asks", type: .xSendTaskNotification,
      facts: [.recipientKind: .text("internal"), .proposerKind: .text("agent")],
      verdict: .require, roles: ["owner"]),
    PolicyCase(
      name: "eleven recipients are refused", type: .xSendCustomMessage,
      facts: [.recipientCount: .integer(11)], verdict: .deny, rules: ["ten-recipients"]),
    PolicyCase(
      name: "the fourth e-mail of a day to a customer waits", type: .sendDealCheckIn,
      caps: ["emails-per-customer": CapUse(count: 3)], verdict: .require,
      rules: ["emails-per-customer"], waits: true),
    PolicyCase(
      name: "at four in the afternoon nothing waits", type: .sendInvoiceReminder,
      facts: [.hour: .integer(16)], verdict: .require, waits: false),
    PolicyCase(
      name: "at five in the afternoon it waits", type: .sendInvoiceReminder,
      facts: [.hour: .integer(17)], verdict: .require, waits: true),
    PolicyCase(
      name: "on a Saturday it waits", type: .sendInvoiceReminder,
      facts: [.weekday: .text("sat")], verdict: .require, waits: true),
  ]
}

extension PolicyHours {
  /// Monday to Friday, nine to five, closed on holidays.
  static let office: PolicyHours? = {
    guard let from = TimeOfDay(minutes: 9 * 60), let to = TimeOfDay(minutes: 17 * 60) else {
      return nil
    }
    return PolicyHours(from: from, to: to, days: [1, 2, 3, 4, 5])
  }()
}
