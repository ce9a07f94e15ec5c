import Foundation
import SMTP2GO

/// The boxes about what the provider reports: the plan's usage, and what becomes of messages.
struct ReportBoxes: Sendable {
  let account: AccountBoxes

  var all: [Box] { [plan, sms, publicURL, webhook] }

  private var plan: Box {
    let (id, title) = ("plan_usage", "Plan's e-mails")
    guard let probe = account.probe, probe.isAuthenticated else {
      return account.notAsked(id, title, optional: true)
    }
    guard let result = probe.cycle else {
      return Self.hidden(id, title, "/stats/email_cycle", "the plan's usage")
    }
    guard let cycle = result.outcome.value, let used = cycle.used, let most = cycle.maximum else {
      return Self.silent(id, title, OutcomeWording.text(result.outcome))
    }
    let until = cycle.end.map { ", until \($0.text.prefix(10))" } ?? ""
    let words = "\(used) of \(most) used\(until)"
    return used < most
      ? Box(id, title, .ok, words)
      : Box(
        id, title, .missing, words,
        fix: "The plan is used up: free plans then reject, paid ones charge more up to three times "
          + "the plan. `aiom cost` shows which plan fits.")
  }

  private var sms: Box {
    let (id, title) = ("sms_usage", "SMS this month")
    guard let probe = account.probe, probe.isAuthenticated else {
      return account.notAsked(id, title, optional: true)
    }
    guard let result = probe.sms else {
      return Self.hidden(id, title, "/sms/summary", "the SMS of the month")
    }
    guard let summary = result.outcome.value, let units = summary.totalUnits else {
      return Self.silent(id, title, OutcomeWording.text(result.outcome))
    }
    let cost = summary.totalCost.map { ", cost \(ProviderFigure.text($0)) (currency not stated)" }
    return Box(
      id, title, .ok, "\(units) \(units == 1 ? "unit" : "units")\(cost ?? "")", optional: true)
  }

  /// Without an address nothing can come in: outcomes are looked up, and people write to opt out.
  private var publicURL: Box {
    let (id, title) = ("public_url", "Public address")
    guard let url = account.settings.serving.publicURL else {
      return Box(
        id, title, .missing,
        "AIOM_PUBLIC_URL is not set: outcomes are polled, and recipients unsubscribe by mail "
          + "(mailto)",
        fix: "Set it to the https address of the public listener; docs/operations/serving.md has "
          + "recipes.", optional: true)
    }
    return Box(id, title, .ok, url, optional: true)
  }

  private var webhook: Box {
    let (id, title) = ("webhook", "Webhook")
    let fix = "`aiom smtp2go webhook install`."
    guard let probe = account.probe, probe.isAuthenticated else {
      return account.notAsked(id, title, optional: true)
    }
    guard probe.webhooks != nil else {
      return Self.hidden(id, title, "/webhook/view", "webhooks")
    }
    guard let found = account.webhooks else {
      return Self.silent(
        id, title, probe.webhooks.map { OutcomeWording.text($0.outcome) } ?? "no organisation")
    }
    guard let first = found.registered.first else {
      return Box(
        id, title, .missing,
        found.foreign > 0
          ? "none of ours; \(found.foreign) of other programs" : "none is registered",
        fix: account.settings.serving.publicURL == nil
          ? "First \"Public address\", then \(fix)" : fix,
        optional: true)
    }
    let differences = found.registered.flatMap(\.differences)
    if let difference = differences.first {
      return Box(id, title, .missing, difference, fix: fix, optional: true)
    }
    return Box(id, title, .ok, "registered, number \(first.webhook.id)", optional: true)
  }

  private static func hidden(
    _ id: String, _ title: String, _ endpoint: String, _ what: String
  ) -> Box {
    Box(
      id, title, .cannotTell, "the key may not see \(what)",
      fix: "Look in SMTP2GO's dashboard, or give the key \(endpoint).", optional: true)
  }

  private static func silent(_ id: String, _ title: String, _ words: String) -> Box {
    Box(
      id, title, .cannotTell, words == "ok" ? "the provider does not say" : words,
      fix: "Try again, or look in SMTP2GO's dashboard.", optional: true)
  }
}

/// A figure of the provider's, which comes as a JSON number.
enum ProviderFigure {
  /// Shortest form, with at least two decimals.
  static func text(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1_000_000_000_000 else { return "unreadable" }
    let rounded = String(format: "%.4f", locale: Locale(identifier: "en_US_POSIX"), value)
    var shown = rounded[...]
    while shown.hasSuffix("0"), shown.split(separator: ".").last.map({ $0.count > 2 }) == true {
      shown = shown.dropLast()
    }
    return String(shown)
  }
}
