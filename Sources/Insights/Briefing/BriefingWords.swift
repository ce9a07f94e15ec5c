import ActionProtocol

/// The sections of a briefing; nil where there is nothing to say in one.
struct BriefingWords {
  let kind: Briefing.Kind
  let facts: BriefingFacts
  let formats: MessageFormats

  // MARK: - What happened

  var done: BriefingSection? {
    var lines = facts.done.filter(\.isCompleted)
      .sorted { ($0.count, $1.type.rawValue) > ($1.count, $0.type.rawValue) }
      .map { done in
        "\(done.count) × \(Self.name(done.type)): \(done.isByRule ? "by itself, as your policy allows" : "approved by a person")"
      }
    let failed = facts.done.filter { !$0.isCompleted }.reduce(0) { $0 + $1.count }
    if failed > 0 { lines.append("\(failed) failed: aiom action list --status failed") }
    lines += facts.received.map { "\(formats.amount($0)) came in." }
    return section("done", kind == .morning ? "Since yesterday evening" : "Today", lines)
  }

  private static func name(_ type: ActionType) -> String {
    let word = type.rawValue.hasPrefix("x_") ? String(type.rawValue.dropFirst(2)) : type.rawValue
    return word.replacing("_", with: " ")
  }

  // MARK: - What waits

  var waits: BriefingSection? {
    var lines: [String] = []
    if facts.pending > 0 {
      let end = facts.expiringToday > 0 ? ", \(facts.expiringToday) of them only until tonight" : ""
      lines.append("\(Self.count(facts.pending, "proposal")) for your approval\(end).")
      lines += facts.pendingTitles.prefix(Briefing.mostLines).map { "· \(Wording.short($0, 90))" }
      let rest = facts.pending - min(facts.pendingTitles.count, Briefing.mostLines)
      if rest > 0, !facts.pendingTitles.isEmpty { lines.append("· and \(rest) more") }
    }
    if facts.unknown > 0 {
      lines.append(
        "\(Self.count(facts.unknown, "message")) of unknown outcome: aiom action list shows them.")
    }
    let held = facts.approved.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }
    lines += held.map { "\($0.value) approved and held: \($0.key.replacing("_", with: " "))." }
    return section("waits", "Waiting for you", lines)
  }

  // MARK: - Money

  var money: BriefingSection? {
    let lines = (facts.finance?.currencies ?? []).flatMap { finance -> [String] in
      let owed = finance.receivables.total.amount
      var lines: [String] = []
      if owed.minorUnits > 0 {
        lines.append(
          "\(formats.amount(owed)) is owed to you, "
            + "\(formats.amount(finance.receivables.overdue.amount)) of it overdue.")
      }
      if let payables = finance.payables, payables.total.count > 0 {
        lines.append(
          "You owe \(formats.amount(payables.total.amount)), "
            + "\(formats.amount(payables.overdue.amount)) of it overdue.")
      }
      if let cash = finance.cash {
        let lasts = finance.runway?.days.map { ", enough for \(Wording.days($0))" } ?? ""
        lines.append("\(formats.amount(cash)) is on your accounts\(lasts).")
      }
      return lines
    }
    return section("money", "Money", lines)
  }

  // MARK: - Risks

  /// In the evening what is new; in the morning all that is open.
  var risks: BriefingSection? {
    let found = kind == .morning ? facts.findings : facts.findings.filter(\.isNew)
    var lines = found.prefix(Briefing.mostLines).map { finding in
      "\(finding.severity.word): \(finding.title). \(finding.explanation) (finding \(finding.number))"
    }
    if found.count > Briefing.mostLines {
      lines.append("and \(found.count - Briefing.mostLines) more: aiom finding list")
    }
    return section("risks", kind == .morning ? "Risks" : "New risks", lines)
  }

  // MARK: - Plan

  var plan: BriefingSection? {
    var lines: [String] = []
    if let due = facts.approved[""], due > 0 {
      lines.append("\(Self.count(due, "approved action")) will be carried out.")
    }
    if facts.followUps > 0 {
      lines.append("\(Self.count(facts.followUps, "follow-up")) will be proposed.")
    }
    return section("plan", kind == .morning ? "Today" : "Next", lines)
  }

  private func section(_ name: String, _ title: String, _ lines: [String]) -> BriefingSection? {
    lines.isEmpty ? nil : BriefingSection(name: name, title: title, lines: lines)
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
