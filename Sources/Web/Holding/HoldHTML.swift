import Decisions
import Engine

/// The list of holds, each with its form: opened by one key, picked by a second.
struct HoldHTML {
  let frame: DeskFrame
  /// Where the forms go.
  let path: String
  /// What can be held: a value and its words. None: the customer, or the invoice of a number.
  let subjects: [(String, String)]

  /// What a person can say; the words of ``CollectionHolds/Wish/kinds``.
  private enum Kind: String {
    case dispute, promise, pause
    case neverRemind = "never_remind"
    case ownerHandles = "owner_handles"
  }

  private typealias Entry = (
    kind: Kind, key: String, title: String, button: String
  )

  private static let entries: [Entry] = [
    (.dispute, "d", "Dispute", "Hold as disputed"),
    (.promise, "p", "Promise to pay", "Record the promise"),
    (.pause, "u", "Pause until a day", "Pause"),
    (.neverRemind, "n", "Never remind", "Never remind of it"),
    (.ownerHandles, "c", "Call: what came of it", "We take it from here"),
  ]

  func write(_ place: inout HTML) {
    guard frame.rights.contains(.records) else { return }
    place.element("details", [("data-key", "h"), ("data-group", ""), ("class", "holds")]) { list in
      list.element("summary", text: "Put on hold …")
      for entry in Self.entries { write(entry, &list) }
    }
  }

  private func write(_ entry: Entry, _ list: inout HTML) {
    let id = "hold-\(entry.key)"
    list.element("details", [("data-second", entry.key)]) { details in
      details.element("summary", text: "\(entry.title) …")
      details.form(frame, path) { form in
        form.hidden("kind", entry.kind.rawValue)
        subject(id, &form)
        fields(entry.kind, id, &form)
        form.field(
          "\(id)-reason", "reason", entry.kind == .ownerHandles ? "What was said" : "Why",
          [("required", ""), ("maxlength", "1000")])
        form.button(entry.button)
      }
    }
  }

  private func subject(_ id: String, _ form: inout HTML) {
    switch subjects.count {
    case 0:
      form.field(
        "\(id)-invoice", "invoice", "One invoice's number (empty: everything owed)",
        [("maxlength", "80")])
    case 1: form.hidden("subject", subjects[0].0)
    default: form.choice("\(id)-subject", "subject", "What is not asked for", subjects)
    }
  }

  private func fields(_ kind: Kind, _ id: String, _ form: inout HTML) {
    switch kind {
    case .promise:
      form.field(
        "\(id)-amount", "amount", "Amount (500 or 500.00)",
        [("required", ""), ("inputmode", "decimal"), ("maxlength", "20")])
      form.field("\(id)-by", "by", "Paid by", [("type", "date"), ("required", "")])
      form.field(
        "\(id)-grace", "grace", "Days of grace (empty: none)",
        [("inputmode", "numeric"), ("maxlength", "2")])
    case .pause:
      form.field("\(id)-until", "until", "Last day", [("type", "date"), ("required", "")])
    case .dispute, .ownerHandles:
      form.field(
        "\(id)-until", "until", "Last day (empty: until somebody ends it)", [("type", "date")])
    case .neverRemind: break
    }
  }
}
