import ActionProtocol
import Addressing
import Cards
import Decisions
import Engine
import Foundation
import Insights

/// An organisation for people and programs.
enum OrganisationView {
  static func json(_ organisation: Organisation) -> JSONValue {
    let profile = organisation.profile
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "org": .string(profile.orgID.rawValue), "mode": .string(organisation.mode.rawValue),
      "name": .string(profile.name), "legal_name": .string(profile.legalName),
      "postal_address": text(profile.postalAddress), "country": .string(profile.country),
      "zone": .string(profile.zone.identifier), "currency": .string(profile.currency.code),
      "locale": .string(profile.locale), "sender": text(organisation.sender?.rawValue),
      "reply_to": text(organisation.replyTo?.rawValue),
      "sms_sender": text(organisation.smsSender?.e164),
      "window": .string("\(profile.windowStart)-\(profile.windowEnd)"),
      "days": .array(profile.windowDays.map { .integer(Int64($0)) }),
      "undo_seconds": .integer(Int64(organisation.undoSeconds)),
      "ladder": .array(organisation.ladder.map { .integer(Int64($0)) }),
      "reminders": [
        "interval_days": .integer(Int64(organisation.reminders.intervalDays)),
        "minimum_units": .integer(organisation.reminders.minimumUnits),
        "payments_age_days": organisation.reminders.paymentsAgeDays
          .map { .integer(Int64($0)) } ?? .null,
      ],
      "payments_confirmed_since": text(organisation.confirmsPaymentsSince?.rfc3339),
      "tasks_notified": .bool(organisation.notifiesTasks),
      "persons_told": .bool(organisation.tellsPersons),
      "smtp2go_key": .string(organisation.smtp2goKey),
      "books": BooksView.json(organisation.books),
      "limits": LimitView.json(organisation.limits),
      "outreach": OutreachRulesView.json(organisation.outreach),
      "alerts": organisation.finance.json,
      "created_at": .string(organisation.createdAt.rfc3339),
    ]
  }

  static func rendered(_ organisation: Organisation) -> String {
    let profile = organisation.profile
    let days = profile.windowDays.map(Weekday.short).joined(separator: " ")
    let open =
      profile.windowStart == "00:00" && profile.windowEnd == "24:00"
      ? "around the clock"
      : "\(profile.windowStart) to \(profile.windowEnd)"
    var table = TextTable([.left(""), .left("")])
    table.add(["organisation", "\(profile.orgID.rawValue) (\(organisation.mode.rawValue))"])
    table.add(["name", profile.name])
    table.add(["legal name", profile.legalName])
    table.add(["address", profile.postalAddress ?? "-"])
    table.add(["country, zone", "\(profile.country), \(profile.zone.identifier)"])
    table.add(["currency, locale", "\(profile.currency.code), \(profile.locale)"])
    table.add(["sender", organisation.sender?.rawValue ?? "none: no e-mail can be proposed"])
    if !organisation.identities.isEmpty {
      table.add([
        "further senders", organisation.identities.map(\.id.rawValue).joined(separator: ", "),
      ])
    }
    table.add(["answers go to", organisation.replyTo?.rawValue ?? "the sender"])
    for row in BooksView.rows(organisation.books) { table.add(row) }
    table.add(["send window", "\(open), \(days)"])
    table.add(["undo window", "\(organisation.undoSeconds) s"])
    table.add([
      "reminder ladder", organisation.ladder.map(String.init).joined(separator: "/") + " days",
    ])
    table.add(["reminders", reminders(organisation)])
    table.add([
      "payments",
      organisation.confirmsPaymentsSince.map { "confirmed since \($0.rfc3339)" }
        ?? "not confirmed (--confirm-payments on)",
    ])
    table.add([
      "overdue tasks",
      organisation.notifiesTasks ? "told to who has them" : "not told (--notify-tasks on)",
    ])
    table.add([
      "what waits for a person",
      organisation.tellsPersons ? "told by e-mail" : "not told by e-mail (--tell-persons on)",
    ])
    for row in OutreachRulesView.rows(organisation.outreach) { table.add(row) }
    for row in LimitView.rows(organisation.limits) { table.add(row) }
    return table.rendered(headings: false)
  }
}

extension OrganisationView {
  private static func reminders(_ organisation: Organisation) -> String {
    let rules = organisation.reminders
    let age = rules.paymentsAgeDays.map { ", by payments of the last \($0) days" } ?? ""
    return "at most every \(rules.intervalDays) days, from \(rules.minimumUnits) units on\(age)"
  }
}
