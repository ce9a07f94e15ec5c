import ActionProtocol
import Cards
import Decisions
import Engine
import Insights

/// The boxes about an organisation's records and actions.
struct LedgerBoxes: Sendable {
  let house: House
  let organisation: Engine.Organisation

  var identity: Box {
    let name = organisation.profile.name
    return Box(
      "organisation", "Organisation", .ok,
      "\(organisation.id.rawValue) (\(name), \(organisation.mode.rawValue))")
  }

  /// Old records hold everything back: a check on them cannot tell.
  func age() async -> Box {
    let (id, title) = ("ledger_age", "Records fresh")
    let org = organisation.id
    let ages = try? await house.store.read { ($0.now, try $0.ledgerAge(org)) }
    guard let (now, kinds) = ages else {
      return Box(id, title, .cannotTell, "the records cannot be read", fix: "See the log.")
    }
    let limit = house.settings.ledgerMaximumAge
    guard let oldest = kinds[.invoices]?.lowerBound else {
      return Box(
        id, title, .missing, "no invoice has been imported",
        fix: "`aiom import invoices FILE`.")
    }
    let words = "oldest invoice record \(LocalTime.distance(oldest, from: now))"
    return now.duration(since: oldest) <= limit
      ? Box(id, title, .ok, words)
      : Box(
        id, title, .missing, "\(words); the limit is \(limit.components.seconds / 3600) h",
        fix: "Import again, best every day. AIOM_LEDGER_MAX_AGE is the limit.")
  }

  func unknowns() async -> Box {
    let (id, title) = ("outcome_unknown", "Outcomes known")
    let org = organisation.id
    guard let open = try? await house.store.read({ try $0.unsettledAttempts(org).count }) else {
      return Box(id, title, .cannotTell, "the attempts cannot be read", fix: "See the log.")
    }
    return open == 0
      ? Box(id, title, .ok, "no message of unknown outcome")
      : Box(
        id, title, .missing, "\(open) messages of unknown outcome",
        fix: "`aiom serve` looks for them at the provider; `aiom action settle` records what you "
          + "know.")
  }

  /// What the provider told of no message that is known here; nil where there is nothing of it.
  func strayEvents() async -> Box? {
    let (id, title) = ("stray_events", "Webhook events")
    let (org, most) = (organisation.id, 1000)
    guard
      let strays = try? await house.store.read({ try $0.strayEvents(org, limit: most) })
    else {
      return Box(id, title, .cannotTell, "the events cannot be read", fix: "See the log.")
    }
    let count = strays.count { $0.attribution?.asksForAttention == true }
    guard count > 0 else { return nil }
    let number = strays.count == most ? "\(count) or more" : "\(count)"
    let verb = count == 1 ? "belongs" : "belong"
    return Box(
      id, title, .cannotTell, "\(number) \(verb) to no message known here",
      fix: "`aiom smtp2go webhook events --stray` shows them and why.", optional: true)
  }

  /// A clock that went back would make cool-downs and deadlines wrong.
  func clock() async -> Box {
    let (id, title) = ("clock", "Clock plausible")
    let org = organisation.id
    let last = try? await house.store.read { store in
      try store.actions(org, ActionFilter(limit: 1)).first?.createdAt
    }
    let now = SystemClock.now()
    guard now > Instant(milliseconds: 1_767_225_600_000) else {
      return Box(id, title, .missing, "it is before 2026", fix: "Set the clock; use NTP.")
    }
    guard let last = last ?? nil else {
      return Box(id, title, .ok, now.rfc3339)
    }
    return last <= now.advanced(by: .seconds(5))
      ? Box(id, title, .ok, now.rfc3339)
      : Box(
        id, title, .missing, "the newest action was made later, \(last.rfc3339)",
        fix: "The clock was set back. Set it right; use NTP.")
  }
}
