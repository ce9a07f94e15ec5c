import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights

extension OrganisationForm {
  /// The form of an organisation that exists.
  init(_ organisation: Organisation) {
    let profile = organisation.profile
    id = profile.orgID.rawValue
    name = profile.name
    legalName = profile.legalName
    address = profile.postalAddress ?? ""
    country = profile.country
    zone = profile.zone.identifier
    currency = profile.currency.code
    locale = profile.locale
    sender = organisation.sender?.rawValue ?? ""
    replyTo = organisation.replyTo?.rawValue ?? ""
    window = "\(profile.windowStart)-\(profile.windowEnd)"
    days = profile.windowDays.map(String.init).joined(separator: ",")
    mode = organisation.mode.rawValue
    undoSeconds = String(organisation.undoSeconds)
    ladder = organisation.ladder.map(String.init).joined(separator: "/")
    remindInterval = String(organisation.reminders.intervalDays)
    remindMinimum = String(organisation.reminders.minimumUnits)
    paymentsAge = organisation.reminders.paymentsAgeDays.map(String.init) ?? Self.unlimited
    confirmPayments = organisation.confirmsPaymentsSince == nil ? "off" : "on"
    notifyTasks = organisation.notifiesTasks ? "on" : "off"
    tellPersons = organisation.tellsPersons ? "on" : "off"
    smtp2goKey = organisation.smtp2goKey
    books = BooksForm(organisation.books)
    weight = String(organisation.limits.weight)
    emailRate = organisation.limits.email.rate?.rawValue ?? Self.unlimited
    smsRate = organisation.limits.sms.rate?.rawValue ?? Self.unlimited
    emailCalls = organisation.limits.email.calls.map(String.init) ?? Self.unlimited
    smsCalls = organisation.limits.sms.calls.map(String.init) ?? Self.unlimited
    outreach = OutreachRulesForm(organisation.outreach)
    alerts = AlertForm(base: organisation.finance)
  }

  /// Takes over what the options name.
  /// - Returns: the names of the fields.
  mutating func apply(_ options: OrganisationOptions) -> [String] {
    let given: [(String, WritableKeyPath<OrganisationForm, String>, String?)] = [
      ("name", \.name, options.name), ("legal_name", \.legalName, options.legalName),
      ("address", \.address, options.address), ("country", \.country, options.country),
      ("zone", \.zone, options.zone), ("currency", \.currency, options.currency),
      ("locale", \.locale, options.locale), ("sender", \.sender, options.sender),
      ("reply_to", \.replyTo, options.replyTo), ("window", \.window, options.window),
      ("days", \.days, options.days), ("mode", \.mode, options.mode),
      ("undo_seconds", \.undoSeconds, options.undoSeconds),
      ("ladder", \.ladder, options.reminders.ladder),
      ("remind_interval", \.remindInterval, options.reminders.interval),
      ("remind_minimum", \.remindMinimum, options.reminders.minimum),
      ("payments_age", \.paymentsAge, options.reminders.paymentsAge),
      ("confirm_payments", \.confirmPayments, options.reminders.confirmPayments),
      ("notify_tasks", \.notifyTasks, options.reminders.notifyTasks),
      ("tell_persons", \.tellPersons, options.reminders.tellPersons),
      ("smtp2go_key", \.smtp2goKey, options.smtp2goKey),
      ("weight", \.weight, options.limits.weight),
      ("email_rate", \.emailRate, options.limits.emailRate),
      ("sms_rate", \.smsRate, options.limits.smsRate),
      ("email_calls", \.emailCalls, options.limits.emailCalls),
      ("sms_calls", \.smsCalls, options.limits.smsCalls),
    ]
    var names: [String] = []
    for (name, path, value) in given {
      guard let value else { continue }
      self[keyPath: path] = value
      names.append(name)
    }
    return names + books.apply(options.books) + outreach.apply(options.outreach)
      + alerts.apply(options.alerts)
  }
}
