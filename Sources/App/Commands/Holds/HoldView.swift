import ActionProtocol
import Cards
import Engine
import Insights

/// Holds of collections for people and programs.
struct HoldView {
  /// How it stands with a hold.
  enum State: String {
    case binding, kept, broken, ended
    /// Its last day is over.
    case over
  }

  let list: CollectionHoldList
  let showsAll: Bool

  private var shown: [(hold: CollectionHold, state: State)] {
    let broken = Set(list.promises.broken.map(\.id))
    return list.holds.map { ($0, state(of: $0, broken)) }
      .filter { showsAll || $0.1 == .binding || $0.1 == .broken }
  }

  private func state(of hold: CollectionHold, _ broken: Set<String>) -> State {
    if broken.contains(hold.id) { return .broken }
    if hold.binds(on: list.today) { return .binding }
    if hold.endedOn != nil { return .ended }
    return hold.promise == nil ? .over : .kept
  }

  func rendered(style: Style) -> String {
    let shown = shown
    guard !shown.isEmpty else { return "Nothing is on hold.\n" + promises }
    var table = TextTable([
      .left("ID"), .left("KIND"), .left("ABOUT"), .left("STATE"), .left("UNTIL"), .left("BY"),
      .left("WHY"),
    ])
    for (hold, state) in shown {
      table.add([
        hold.id, words(hold), DisplayText.shortened(list.names[hold.id] ?? subject(hold), to: 32),
        state.rawValue, hold.lastDay?.iso ?? "", hold.setBy.rawValue,
        DisplayText.shortened(DisplayText.line(hold.note ?? "(erased)"), to: 40),
      ])
    }
    return table.rendered(style: style) + promises
  }

  private func words(_ hold: CollectionHold) -> String {
    let kind = hold.kind.rawValue.replacing("_", with: " ")
    guard let promise = hold.promise else { return kind }
    return "\(kind) of \(AmountText.text(promise.amount)) by \(promise.due.iso)"
  }

  private func subject(_ hold: CollectionHold) -> String {
    hold.subject.invoice.map { "invoice \($0)" } ?? "customer \(hold.subject.partner.rawValue)"
  }

  private var promises: String {
    let promises = list.promises
    guard let percent = promises.keptPercent else { return "" }
    return "Promises kept: \(promises.kept) of \(promises.kept + promises.broken.count) "
      + "(\(percent) %); \(promises.open) still open.\n"
  }

  var json: JSONValue {
    [
      "holds": .array(
        shown.map { hold, state in
          guard case .object(var object) = Self.json(hold, state: state) else { return .null }
          object["name"] = list.names[hold.id].map { .string($0) } ?? .null
          return .object(object)
        }),
      "promises": Self.json(list.promises),
    ]
  }

  static func json(_ promises: PromiseReport) -> JSONValue {
    [
      "kept": .integer(Int64(promises.kept)), "open": .integer(Int64(promises.open)),
      "broken": .array(promises.broken.map { .string($0.id) }),
      "kept_percent": promises.keptPercent.map { .string("\($0)") } ?? .null,
    ]
  }

  static func json(_ hold: CollectionHold, state: State) -> JSONValue {
    var object: JSONObject = [
      "id": .string(hold.id), "kind": .string(hold.kind.rawValue),
      "state": .string(state.rawValue), "partner_id": .integer(hold.subject.partner.rawValue),
      "invoice_id": hold.subject.invoice.map { .integer($0) } ?? .null,
      "made_on": .string(hold.madeOn.iso),
      "last_day": hold.lastDay.map { .string($0.iso) } ?? .null,
      "ended_on": hold.endedOn.map { .string($0.iso) } ?? .null,
      "set_by": .string(hold.setBy.rawValue), "note": hold.note.map { .string($0) } ?? .null,
      "explanation": .string(hold.explanation),
    ]
    if let promise = hold.promise {
      object["promise"] = [
        "amount": .string(promise.amount.decimalText),
        "currency": .string(promise.amount.currency.code), "by": .string(promise.due.iso),
        "grace_days": .integer(Int64(promise.graceDays)),
        "paid": .string(promise.paid.decimalText),
      ]
    }
    return .object(object)
  }
}
