import ActionProtocol
import Cards
import Engine
import Insights

/// Findings for people and programs.
struct FindingView {
  let time: LocalTime
  let now: Instant

  func list(_ findings: [FindingRecord], of count: Int, _ style: Style) -> String {
    guard !findings.isEmpty else { return "No findings.\n" }
    var table = TextTable([
      .right("NO"), .left("SEVERITY"), .left("FINDING"), .left("STATE"), .left("SINCE"),
    ])
    for record in findings {
      table.add([
        String(record.number), record.draft.severity.word,
        DisplayText.shortened(record.draft.title, to: 56), state(record),
        LocalTime.distance(record.firstSeenAt, from: now),
      ])
    }
    let rest = count - findings.count
    return table.rendered(style: style) + (rest > 0 ? "and \(rest) more (--limit)\n" : "")
  }

  func page(_ record: FindingRecord, _ style: Style) -> String {
    var table = TextTable([.left(""), .left("")])
    table.add(["severity", record.draft.severity.word])
    table.add(["state", state(record) + (record.changedBy.map { " by \($0)" } ?? "")])
    table.add(["found by", "the \(record.source.rawValue) analysis, \(record.seen)×"])
    table.add(["first seen", time.text(record.firstSeenAt)])
    table.add(["last seen", time.text(record.lastSeenAt)])
    for (name, value) in record.draft.facts {
      guard let words = Self.words(value) else { continue }
      table.add([name.replacing("_", with: " "), words])
    }
    let title = DisplayText.line(record.draft.title)
    return style.bold("\(record.number)  \(title)") + "\n"
      + DisplayText.line(record.draft.explanation) + "\n\n" + table.rendered(headings: false)
  }

  /// `snoozed until …`, `over`, or the word.
  func state(_ record: FindingRecord) -> String {
    if record.goneAt != nil { return "over" }
    let state = record.state(at: now)
    guard state == .snoozed, let until = record.snoozedUntil else { return state.rawValue }
    return "snoozed until \(time.text(until))"
  }

  func json(_ record: FindingRecord) -> JSONValue {
    func instant(_ value: Instant?) -> JSONValue { value.map { .string($0.rfc3339) } ?? .null }
    return [
      "number": .integer(record.number), "source": .string(record.source.rawValue),
      "kind": .string(record.draft.kind), "fingerprint": .string(record.draft.fingerprint),
      "severity": .string(record.draft.severity.word), "title": .string(record.draft.title),
      "explanation": .string(record.draft.explanation), "facts": .object(record.draft.facts),
      "partner_id": record.draft.partner.map { .integer($0.rawValue) } ?? .null,
      "state": .string(record.state(at: now).rawValue),
      "first_seen_at": instant(record.firstSeenAt), "last_seen_at": instant(record.lastSeenAt),
      "seen": .integer(record.seen), "changed_at": instant(record.changedAt),
      "changed_by": record.changedBy.map { .string($0) } ?? .null,
      "snoozed_until": instant(record.snoozedUntil), "gone_at": instant(record.goneAt),
    ]
  }

  private static func words(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): return text
    case .integer(let number): return String(number)
    case .number(let number): return SalesView.number(number)
    case .array(let values):
      let ids = values.compactMap(\.integerValue).map(String.init)
      return ids.isEmpty ? nil : ids.joined(separator: ", ")
    case .object(let object):
      guard let units = object["minor_units"]?.integerValue,
        let currency = object["currency"]?.stringValue.flatMap(Currency.init(code:))
      else { return nil }
      return AmountText.text(Money(minorUnits: units, currency: currency))
    default: return nil
    }
  }
}
