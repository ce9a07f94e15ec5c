import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct HoldAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put an invoice, or everything that a customer owes, on hold.",
    discussion: Examples.after(
      """
      Binds at once. What waits to remind of it is withdrawn, or drafted anew without it and asked
      for again. A promise holds until its day and grace are over; kept is what arrived in full by
      then, and a broken promise stands in `aiom hold list` and `aiom analyze`. A pause needs
      --until, dispute and owner-handles may have it.
      """,
      "aiom hold add dispute --invoice INV-2024-001 --reason \"goods damaged\"",
      "aiom hold add promise --customer \"Acme Corp\" --amount 500 --by 2026-12-01 --grace 3 --reason call",
      "aiom hold add pause --customer 4711 --until 2026-12-15 --reason \"on holiday\"",
      "aiom hold add never-remind --invoice INV-7 --reason \"written off\""))

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case dispute, promise, pause
    case neverRemind = "never-remind"
    case ownerHandles = "owner-handles"

    var value: CollectionHold.Kind {
      switch self {
      case .dispute: .dispute
      case .promise: .promise
      case .pause: .pause
      case .neverRemind: .neverRemind
      case .ownerHandles: .ownerHandles
      }
    }
  }

  @Argument(help: "What it is.")
  var kind: Kind

  @Option(name: .long, help: "One invoice: its number, or its id in your books.")
  var invoice: String?

  @Option(
    name: .long, help: "Everything of a customer: its number, its id in your books, or its name.")
  var customer: String?

  @Option(name: .long, help: "The last day of a pause, 2026-12-31.")
  var until: String?

  @Option(name: .long, help: "Of a promise: how much, 500.00.")
  var amount: String?

  @Option(name: .long, help: "Of a promise: its currency (default: the invoice's, or the org's).")
  var currency: String?

  @Option(name: .long, help: "Of a promise: the day by which it is paid, 2026-12-01.")
  var by: String?

  @Option(
    name: .long, help: "Of a promise: days after that which still count, 0 to 90 (default: 0).")
  var grace: Int?

  @Option(name: .long, help: "Why, in your words, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let wish = try CollectionHolds.Wish(
      subject: subject(), kind: kind.value, lastDay: DayOption.value(until, "--until"),
      promise: promise())
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let reason = try ReasonOption.reason(reason, "Why is it on hold?", console)
    let (hold, changed) = try await CollectionHolds(house.context).add(
      org, wish, note: reason, by: house.author(.records, in: org), via: "cli")
    console.emit([
      "hold": HoldView.json(hold, state: .binding),
      "changed_actions": .array(changed.map { .string($0.rawValue) }),
    ])
    console.say("On hold: \(hold.id).")
    guard !changed.isEmpty else { return }
    let words = changed.count == 1 ? "1 reminder" : "\(changed.count) reminders"
    console.say("\(words) that waited: withdrawn, or asked for again without it.")
  }

  private func subject() throws -> CollectionHolds.Subject {
    switch (invoice, customer) {
    case (let invoice?, nil): return .invoice(invoice)
    case (nil, let customer?): return .customer(customer)
    default:
      throw Failure(
        .usage, "hold.subject", "Name either --invoice or --customer.",
        remedy: "Everything that a customer owes: --customer; one invoice alone: --invoice.")
    }
  }

  private func promise() throws -> CollectionHolds.PromiseWish? {
    guard kind == .promise else {
      guard amount == nil, by == nil, grace == nil, currency == nil else {
        throw Failure(
          .usage, "hold.promise", "--amount, --currency, --by and --grace are of a promise.",
          remedy: "Leave them out, or: aiom hold add promise.")
      }
      return nil
    }
    guard let amount, let day = try DayOption.value(by, "--by"), until == nil else {
      throw Failure(
        .usage, "hold.promise", "A promise needs --amount and --by, and has no --until.",
        remedy: "aiom hold add promise --invoice INV-1 --amount 500 --by 2026-12-01")
    }
    return CollectionHolds.PromiseWish(
      amount: amount, currency: try currency.map(Self.currency), due: day, graceDays: grace ?? 0)
  }

  private static func currency(_ text: String) throws -> Currency {
    if let currency = Currency(code: text) { return currency }
    throw Failure(
      .usage, "hold.currency", "--currency must be an ISO 4217 code, not \(text).",
      remedy: "Write it as USD or EUR.")
  }
}
