import ActionProtocol
import Cards
import Decisions
import Engine

extension HTML {
  /// The rules of a policy as sentences, and what holds where none of them does.
  /// - Parameter hits: in which of the latest decisions each rule had a say; nil: not counted.
  mutating func rules(_ policy: Policy, hits: RuleHits?) {
    if policy.rules.isEmpty {
      nothing("It has no rule of its own.")
    } else {
      element("ul", [("class", "cards")]) { list in
        for rule in policy.rules { list.rule(rule, hits) }
      }
    }
    element("p", text: PolicySentences.standard)
  }

  private mutating func rule(_ rule: PolicyRule, _ hits: RuleHits?) {
    element("li") { item in
      item.element("h3", text: rule.title)
      item.element("p", text: PolicySentences.sentence(rule))
      item.element("p", [("class", "about")], text: "Why: \(rule.reason)")
      item.element("p", [("class", "facts")]) { facts in
        facts.element("span", text: Self.status(rule.status))
        facts.element("span", text: rule.id)
        facts.element("span", text: rule.owner.map { "owner \($0)" } ?? "no owner named")
        if let day = rule.reviewBy { facts.element("span", text: "review by \(day.iso)") }
        if let hits { facts.element("span", text: Self.hits(hits.hits[rule.id] ?? 0, hits)) }
      }
    }
  }

  private static func status(_ status: PolicyRule.Status) -> String {
    switch status {
    case .active: "● applies"
    case .shadow: "◐ only noted"
    case .off: "○ off"
    }
  }

  private static func hits(_ count: Int64, _ hits: RuleHits) -> String {
    "had a say in \(count) of the latest \(hits.decisions)"
  }

  /// What a policy changes, rule by rule.
  mutating func difference(_ difference: PolicyDifference) {
    guard !difference.isEmpty else {
      element("p", text: "No rule differs; cases may.")
      return
    }
    element("ul") { list in
      for rule in difference.added { list.change("Added", rule) }
      for rule in difference.removed { list.change("Taken out", rule) }
      for change in difference.changed {
        list.change("Changed", change.after)
        list.element("li", text: "before: \(PolicySentences.sentence(change.before))")
      }
    }
  }

  private mutating func change(_ what: String, _ rule: PolicyRule) {
    element("li") { item in
      item.element("strong", text: "\(what): \(rule.id). ")
      item.text(PolicySentences.sentence(rule))
    }
  }

  /// What two policies make of the same past.
  mutating func backtest(_ frame: DeskFrame, _ recent: RecentBacktest) {
    let test = recent.test
    guard test.count > 0 else {
      nothing("Nothing has been decided yet, so there is nothing to try it on.")
      return
    }
    element(
      "p",
      text: recent.isCut
        ? "On the latest \(test.count) decisions; aiom policy backtest tries all. What caps counted "
          + "before them is not counted." : "On all that was decided so far (\(test.count)).")
    matrix(test)
    let lists = [
      ("Refused by persons, would go by itself", test.refusedWouldGo),
      ("Approved by persons, would be refused", test.approvedWouldBeRefused),
      ("Would newly go by itself", test.wouldGoByItself),
      ("A rule cannot be evaluated", test.alerts),
    ]
    for (title, list) in lists { listing(frame, title, list) }
    let saved = (test.promptsSavedPerWeek * 10).rounded() / 10
    element(
      "p",
      text: saved < 0 ? "\(-saved) more questions a week." : "\(saved) fewer questions a week.")
    if !test.neverHit.isEmpty {
      element("p", text: "Rules that never had a say: \(test.neverHit.joined(separator: ", ")).")
    }
  }

  private mutating func matrix(_ test: PolicyBacktest) {
    let kinds = PolicyVerdict.Kind.allCases
    let headings = ["Now"] + kinds.map { "New: \(Self.verdict($0))" }
    table(headings, numbers: Set(1...kinds.count), label: "What changes") { body in
      for old in kinds {
        body.element("tr") { row in
          row.element("th", [("scope", "row")], text: Self.verdict(old))
          for new in kinds {
            row.element(
              "td", [("class", "number")], text: String(test.matrix[old]?[new] ?? 0))
          }
        }
      }
    }
  }

  private static func verdict(_ kind: PolicyVerdict.Kind) -> String {
    switch kind {
    case .deny: "refused"
    case .require: "asks persons"
    case .auto: "goes by itself"
    }
  }

  /// How many of a list are linked.
  private static var linked: Int { 20 }

  private mutating func listing(
    _ frame: DeskFrame, _ title: String, _ list: PolicyBacktest.Listing
  ) {
    guard list.count > 0 else {
      element("p", text: "\(title): none.")
      return
    }
    element("details") { details in
      details.element("summary", text: "\(title): \(list.count)")
      details.element("ul") { items in
        for id in list.ids.prefix(Self.linked) {
          items.element("li") { item in
            item.element("a", [("href", frame.path("/actions/\(id)"))], text: id)
          }
        }
      }
      if list.count > Self.linked {
        details.element("p", text: "The first \(Self.linked) of them.")
      }
    }
  }
}
