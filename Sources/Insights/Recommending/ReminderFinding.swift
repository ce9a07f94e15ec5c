import ActionProtocol

/// What identifies a reminder across runs, and the facts it rests on.
///
/// The key names the customer, the currency, the ladder's step and the cycle, and no date: running the
/// analysis tomorrow leads to the same key while nothing has changed (DECISIONS 3). The facts say
/// whether something has changed although the key is the same.
struct ReminderFinding {
  /// More invoices than this are named by digest, which keeps the metadata below its 16 KiB.
  private static let listedInvoices = 200

  let actionType: ActionType
  let due: ReminderCase
  /// What stands in the key instead of a letter's level.
  var step: String?

  /// `org:action_type:partner:currency:level:cycle`, each part percent-escaped.
  ///
  /// - level: the days at which the ladder's step begins (`60d`), not its number, so that a company that
  ///   changes its ladder is neither reminded twice of one age nor kept from a step because its
  ///   number was used under the other ladder.
  ///   A reminder of it that came back counts: `60d.2` is the second one.
  /// - cycle: the id of the oldest invoice that is due at the level. Once it is paid, what remains is
  ///   younger, a new cycle, and climbs the ladder from its own place on it.
  /// - Returns: nil where the key would exceed the protocol's 200 characters.
  func key(org: OrgID) -> IdempotencyKey? {
    let parts = [org.rawValue, actionType.rawValue] + scope
    return IdempotencyKey(rawValue: parts.map(Self.escaped).joined(separator: ":"))
  }

  /// `metadata.finding`: `{key, level, facts}`. The key is the idempotency key without org and type;
  /// facts is the list of `[invoice id, open minor units]`, with the step in days where the invoice
  /// is due at one, sorted by id, or its SHA-256 where the list is long.
  var json: JSONValue {
    [
      "key": .string((["overdue"] + scope).map(Self.escaped).joined(separator: ":")),
      "level": .integer(Int64(due.level.number)), "facts": facts,
    ]
  }

  private var facts: JSONValue {
    let pairs = due.invoices.map(\.invoice).sorted { $0.id < $1.id }.map { invoice in
      let fact: [JSONValue] = [.integer(invoice.id), .integer(invoice.open.minorUnits)]
      return JSONValue.array(fact + (due.steps[invoice.id].map { [.integer(Int64($0))] } ?? []))
    }
    guard pairs.count > Self.listedInvoices else { return .array(pairs) }
    return .string("sha256:" + Digest.ofCanonical(.array(pairs)).hex)
  }

  private var scope: [String] {
    [
      String(due.partner.id.rawValue), due.currency.code, step ?? letterStep,
      String(due.trigger.invoice.id),
    ]
  }

  private var letterStep: String {
    let step = "\(due.level.fromDays)d"
    return due.failures == 0 ? step : "\(step).\(due.failures + 1)"
  }

  /// Percent-escapes what could be mistaken for a separator, so that no two scopes share a key.
  static func escaped(_ part: String) -> String {
    part.replacing("%", with: "%25").replacing(":", with: "%3A")
  }
}
