import ActionProtocol
import Decisions
import Engine

/// A hold that somebody asks for, as text.
struct HoldOrder {
  var kind = ""
  var amount = ""
  var currency = ""
  /// The day by which a promise is kept, `2026-12-01`.
  var by = ""
  var graceDays: Int?
  /// The last day, `2026-12-31`.
  var until = ""

  /// - Throws: ``Problem`` naming the field.
  func wish(_ subject: CollectionHolds.Subject) throws -> CollectionHolds.Wish {
    let last = try Self.day("until", until)
    let promise = try kind == CollectionHolds.Wish.promiseKind ? promise(last) : nil
    guard
      let wish = CollectionHolds.Wish(
        subject: subject, kind: kind, lastDay: last, promise: promise)
    else {
      throw Problem.field(
        "kind", "is unknown",
        "Take one of \(CollectionHolds.Wish.kinds.joined(separator: ", ")).")
    }
    return wish
  }

  private func promise(_ last: LocalDate?) throws(Problem) -> CollectionHolds.PromiseWish {
    guard let due = try Self.day("by", by) else {
      throw .field("by", "is empty", "Name the day by which it is paid, as 2026-12-01.")
    }
    guard last == nil else {
      throw .field("until", "does not belong to a promise", "Leave it out; a promise has a day.")
    }
    return CollectionHolds.PromiseWish(
      amount: amount, currency: try code(), due: due, graceDays: graceDays ?? 0)
  }

  private func code() throws(Problem) -> Currency? {
    guard !currency.isEmpty else { return nil }
    guard let found = Currency(code: currency) else {
      throw .field("currency", "is no ISO 4217 code", "Write it as USD, or leave it out.")
    }
    return found
  }

  private static func day(_ name: String, _ text: String) throws(Problem) -> LocalDate? {
    guard !text.isEmpty else { return nil }
    guard let day = LocalDate(iso: text) else {
      throw .field(name, "is no day", "Write it as 2026-12-01.")
    }
    return day
  }
}

extension HoldOrder {
  /// - Throws: ``Problem`` where the grace is no number.
  init(_ fields: FormFields) throws(Problem) {
    kind = fields["kind"]
    amount = fields.words("amount")
    by = fields.words("by")
    until = fields.words("until")
    let grace = fields.words("grace")
    graceDays = Int(grace)
    guard grace.isEmpty || graceDays != nil else {
      throw .field("grace", "is no whole number", "Leave it empty for none.")
    }
  }
}
