import Decisions

/// The rules about outreach as somebody typed them.
struct OutreachRulesForm: Sendable {
  var coolDownEmail = "240"
  var coolDownSMS = "360"
  var spread = "30"
  var drain = "20"
  var budgetEmail = OrganisationForm.unlimited
  var budgetSMS = OrganisationForm.unlimited
  var consent = ConsentRequirement.standard.rawValue
  /// `NAME=N` or `NAME=none`, the later counts.
  var caps: [String] = []
  /// A file of holidays, or `none`; nil: those that were set before.
  var holidayFile: String?
  var holidays: [HolidayChange] = []
  /// Caps that were set before.
  var base = OutreachCaps.standard

  init() {}

  init(_ rules: OutreachRules) {
    coolDownEmail = String(rules.coolDowns.email.components.seconds / 60)
    coolDownSMS = String(rules.coolDowns.sms.components.seconds / 60)
    spread = String(rules.drain.spread.components.seconds / 60)
    drain = String(rules.drain.perMinute)
    budgetEmail = rules.budget.emails.map(String.init) ?? OrganisationForm.unlimited
    budgetSMS = rules.budget.sms?.text ?? OrganisationForm.unlimited
    consent = rules.consent.rawValue
    holidays = rules.holidays
    base = rules.caps
  }

  /// Takes over what the options name.
  /// - Returns: the names of the fields.
  mutating func apply(_ options: OutreachOptions) -> [String] {
    var names: [String] = []
    func take(_ name: String, _ value: String?, _ field: inout String) {
      guard let value else { return }
      field = value
      names.append(name)
    }
    take("cool_down_email", options.coolDownEmail, &coolDownEmail)
    take("cool_down_sms", options.coolDownSms, &coolDownSMS)
    take("spread", options.spread, &spread)
    take("drain", options.drain, &drain)
    take("budget_email", options.budgetEmail, &budgetEmail)
    take("budget_sms", options.budgetSms, &budgetSMS)
    take("consent", options.consent, &consent)
    if let file = options.holidays {
      holidayFile = file
      names.append("holidays")
    }
    if !options.caps.isEmpty {
      caps = options.caps
      names.append("caps")
    }
    return names
  }
}

extension FieldCheck {
  /// The most minutes that a cool-down can have: thirty days.
  private static let longestCoolDown = 43_200

  /// Nil where something is wrong with them.
  mutating func outreach(_ form: OutreachRulesForm) -> OutreachRules? {
    let email = minutes("--cool-down-email", form.coolDownEmail, 0...Self.longestCoolDown)
    let sms = minutes("--cool-down-sms", form.coolDownSMS, 0...Self.longestCoolDown)
    let spread = minutes("--spread", form.spread, DrainPace.spreads)
    let drain = read("--drain", "must be a whole number from 1 to 10000") {
      Int(form.drain).flatMap { DrainPace.paces.contains($0) ? $0 : nil }
    }
    let budget = budget(form)
    let consent = read("--consent", "must be sms, email, both or none") {
      ConsentRequirement(rawValue: form.consent)
    }
    var caps = form.base
    for text in form.caps { cap(text, &caps) }
    let holidays = holidays(form)
    guard let email, let sms, let spread, let drain, let budget, let consent, let holidays else {
      return nil
    }
    return OutreachRules(
      coolDowns: CoolDowns(email: .seconds(email * 60), sms: .seconds(sms * 60)), caps: caps,
      drain: DrainPace(spread: .seconds(spread * 60), perMinute: drain), budget: budget,
      consent: consent, holidays: holidays)
  }

  private mutating func holidays(_ form: OutreachRulesForm) -> [HolidayChange]? {
    guard let path = form.holidayFile else { return form.holidays }
    if path == OrganisationForm.unlimited { return [] }
    guard let text = read("--holidays", "cannot be read: \(path)", { try? InputFile.text(path) })
    else { return nil }
    let file = HolidayFile(text)
    for bad in file.rejections {
      let column = bad.column.isEmpty ? "" : ", \(bad.column)"
      add("--holidays", "line \(bad.line)\(column): \(bad.problem) \(bad.remedy)")
    }
    guard file.changes.count <= HolidayFile.most else {
      add("--holidays", "has more than \(HolidayFile.most) lines")
      return nil
    }
    return file.rejections.isEmpty ? file.changes : nil
  }

  private mutating func budget(_ form: OutreachRulesForm) -> OutreachBudget? {
    let range = OutreachBudget.emailRange
    let emails: Int?? = read(
      "--budget-email",
      "must be a whole number from \(range.lowerBound) to \(range.upperBound), or none"
    ) {
      if form.budgetEmail == OrganisationForm.unlimited { return .some(nil) }
      return Int(form.budgetEmail).flatMap { range.contains($0) ? .some($0) : nil }
    }
    let sms: Price?? = read(
      "--budget-sms", "must be an amount such as 25 or 12.50, with at most six decimals, or none"
    ) {
      if form.budgetSMS == OrganisationForm.unlimited { return .some(nil) }
      return Price(form.budgetSMS).map { .some($0) }
    }
    guard let emails, let sms else { return nil }
    return OutreachBudget(emails: emails, sms: sms)
  }

  private mutating func minutes(
    _ field: String, _ text: String, _ range: ClosedRange<Int>
  ) -> Int? {
    read(field, "must be whole minutes from \(range.lowerBound) to \(range.upperBound)") {
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private mutating func cap(_ text: String, _ caps: inout OutreachCaps) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let names = OutreachCaps.all.map(\.name).joined(separator: ", ")
    let found = read("--cap", "must be NAME=N with NAME one of \(names); not \(text)") {
      parts.count == 2 ? OutreachCap(name: parts[0]) : nil
    }
    guard let found else { return }
    if parts[1] == OrganisationForm.unlimited {
      caps[found] = nil
      return
    }
    let limit = read(
      "--cap", "\(found.name) must be a whole number from 1 to \(OutreachCaps.most), or none"
    ) { Int(parts[1]).flatMap { (1...OutreachCaps.most).contains($0) ? $0 : nil } }
    if let limit { caps[found] = limit }
  }
}
