import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights

/// What a person said about an organisation, before it is one.
struct OrganisationForm: Sendable {
  /// A field that is wrong, and what to do.
  struct Problem: Sendable, Equatable {
    let field: String
    let text: String
  }

  var id = ""
  var name = ""
  var legalName = ""
  var address = ""
  var country = ""
  var zone = ""
  var currency = ""
  var locale = ""
  var sender = ""
  var replyTo = ""
  var window = "09:00-17:00"
  var days = "1-5"
  var mode = "sandbox"
  var undoSeconds = "60"
  var ladder = "standard"
  var remindInterval = String(ReminderRules.standard.intervalDays)
  var remindMinimum = String(ReminderRules.standard.minimumUnits)
  var paymentsAge = ReminderRules.standard.paymentsAgeDays.map(String.init) ?? Self.unlimited
  var confirmPayments = "off"
  var notifyTasks = "off"
  var tellPersons = "off"
  var smtp2goKey = "env:SMTP2GO_API_KEY"
  var books = BooksForm()
  var weight = "1"
  var emailRate = Self.unlimited
  var smsRate = Self.unlimited
  var emailCalls = Self.unlimited
  var smsCalls = Self.unlimited
  var outreach = OutreachRulesForm()
  var alerts = AlertForm()

  /// How a limit is said that there is not.
  static let unlimited = "none"

  init() {}

  init(id: String?, _ options: OrganisationOptions) {
    self.id = id ?? ""
    name = options.name ?? ""
    legalName = options.legalName ?? ""
    address = options.address ?? ""
    country = options.country ?? ""
    zone = options.zone ?? ""
    currency = options.currency ?? ""
    locale = options.locale ?? ""
    sender = options.sender ?? ""
    replyTo = options.replyTo ?? ""
    window = options.window ?? window
    days = options.days ?? days
    mode = options.mode ?? mode
    undoSeconds = options.undoSeconds ?? undoSeconds
    ladder = options.reminders.ladder ?? ladder
    remindInterval = options.reminders.interval ?? remindInterval
    remindMinimum = options.reminders.minimum ?? remindMinimum
    paymentsAge = options.reminders.paymentsAge ?? paymentsAge
    confirmPayments = options.reminders.confirmPayments ?? confirmPayments
    notifyTasks = options.reminders.notifyTasks ?? notifyTasks
    tellPersons = options.reminders.tellPersons ?? tellPersons
    smtp2goKey = options.smtp2goKey ?? smtp2goKey
    _ = books.apply(options.books)
    weight = options.limits.weight ?? weight
    emailRate = options.limits.emailRate ?? emailRate
    smsRate = options.limits.smsRate ?? smsRate
    emailCalls = options.limits.emailCalls ?? emailCalls
    smsCalls = options.limits.smsCalls ?? smsCalls
    _ = outreach.apply(options.outreach)
    _ = alerts.apply(options.alerts)
  }

  /// Fills what was left empty with what the country and the name suggest.
  mutating func fillDefaults(sender settingsSender: Mailbox?) {
    let defaults = CountryDefaults.of(country)
    if legalName.isEmpty { legalName = name }
    if id.isEmpty { id = Self.suggestedID(name) }
    if zone.isEmpty { zone = defaults?.zone ?? "" }
    if currency.isEmpty { currency = defaults?.currency ?? "" }
    if locale.isEmpty { locale = defaults?.locale ?? "" }
    if sender.isEmpty { sender = settingsSender?.rawValue ?? "" }
  }

  /// A short id made of the name: `Acme Corp, Inc.` gives `acme-corp-inc`.
  static func suggestedID(_ name: String) -> String {
    let folded = name.folding(
      options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "en_US"))
    let words = folded.lowercased().split { character in
      !(character.isASCII && (character.isLetter || character.isNumber))
    }
    return String(words.joined(separator: "-").prefix(50))
  }

  /// The organisation, or everything that is wrong at once.
  func organisation(at now: Instant) -> Result<Organisation, Failure> {
    var check = FieldCheck()
    let id = check.read("--org", OrganisationName.rule) {
      OrganisationName.accepts(self.id) ? OrgID(rawValue: self.id) : nil
    }
    check.line("--name", name, required: true)
    check.line("--legal-name", legalName, required: true)
    check.line("--address", address, required: false)
    let country = check.country(country)
    let zone = check.zone(zone)
    let currency = check.currency(currency)
    check.locale(locale)
    let sender = check.mailbox("--sender", sender)
    let replyTo = check.mailbox("--reply-to", replyTo)
    let hours = check.window(window)
    let days = check.days(days)
    let mode = check.read("--mode", "must be sandbox or live") { OrgMode(rawValue: self.mode) }
    let undo = check.read("--undo-seconds", "must be a whole number from 0 to 3600") {
      Int(undoSeconds).flatMap { (0...3600).contains($0) ? $0 : nil }
    }
    let ladder = check.ladder(ladder)
    let reminders = check.reminders(self)
    let confirms = check.read("--confirm-payments", "must be on or off") {
      ["on": true, "off": false][confirmPayments]
    }
    let notifies = check.read("--notify-tasks", "must be on or off") {
      ["on": true, "off": false][notifyTasks]
    }
    let tells = check.read("--tell-persons", "must be on or off") {
      ["on": true, "off": false][tellPersons]
    }
    let key = check.keyReference(smtp2goKey)
    let books = check.books(books)
    let limits = check.limits(self)
    let outreach = check.outreach(outreach)
    let alerts = check.alerts(alerts)
    guard check.problems.isEmpty, let id, let country, let zone, let currency, let hours,
      let days, let mode, let undo, let ladder, let key, let books, let limits, let outreach,
      let alerts, let reminders, let confirms, let notifies, let tells
    else { return .failure(Self.failure(check.problems)) }
    let profile = CompanyProfile(
      orgID: id, name: name, legalName: legalName, postalAddress: address.isEmpty ? nil : address,
      country: country, zone: zone, currency: currency, locale: locale, windowStart: hours.start,
      windowEnd: hours.end, windowDays: days)
    var organisation = Organisation(
      profile: profile, mode: mode, sender: sender, replyTo: replyTo, smtp2goKey: key,
      books: books, undoSeconds: undo, outreach: outreach, ladder: ladder, limits: limits,
      createdAt: now)
    organisation.reminders = reminders
    organisation.finance = alerts
    organisation.confirmsPaymentsSince = confirms ? now : nil
    organisation.notifiesTasks = notifies
    organisation.tellsPersons = tells
    return .success(organisation)
  }

  private static func failure(_ problems: [Problem]) -> Failure {
    Failure(
      .refused, "organisation.invalid",
      problems.map { "\($0.field) \($0.text)." }.joined(separator: "\n"),
      remedy: "Correct these and run the command again; nothing was stored.",
      details: [
        "problems": .array(
          problems.map { ["field": .string($0.field), "problem": .string($0.text)] })
      ])
  }
}
