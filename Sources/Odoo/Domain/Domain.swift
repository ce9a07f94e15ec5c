/// Which records are meant: conditions on fields, joined by and, or and not.
///
/// Conditions are built from fields that know what they hold, so that a date is compared with a date
/// and a reference is asked for an id:
///
/// ```swift
/// let overdue: Domain =
///   .choice("state").is("posted") && .choice("payment_state").isOneOf(["not_paid", "partial"])
///   && .date("invoice_date_due").isBefore(today)
/// ```
public struct Domain: Sendable, Hashable {
  indirect enum Node: Sendable, Hashable {
    case leaf(path: String, operation: String, value: OdooJSON)
    case and([Node])
    case or([Node])
    case not(Node)
  }

  let root: Node

  init(_ root: Node) { self.root = root }

  /// Every record.
  public static let all = Domain(.and([]))

  /// Those that meet all conditions; of none, every record.
  public static func all(of domains: [Domain]) -> Domain { Domain(.and(domains.map(\.root))) }

  /// Those that meet one condition; of none, no record.
  public static func any(of domains: [Domain]) -> Domain { Domain(.or(domains.map(\.root))) }

  /// Those that meet both.
  public static func && (left: Domain, right: Domain) -> Domain { .all(of: [left, right]) }

  /// Those that meet one of both.
  public static func || (left: Domain, right: Domain) -> Domain { .any(of: [left, right]) }

  /// Those that do not meet it.
  public static prefix func ! (domain: Domain) -> Domain { Domain(.not(domain.root)) }

  /// As Odoo takes it: the conditions of the outermost "and" one after the other, everything inside
  /// in prefix form.
  public var json: OdooJSON {
    guard case .and(let nodes) = root.flattened else { return .array(root.flattened.prefix) }
    return .array(nodes.flatMap(\.prefix))
  }
}

extension Domain.Node {
  /// Without an "and" directly in an "and", and an "or" in an "or", with one or no member.
  var flattened: Domain.Node {
    switch self {
    case .leaf: return self
    case .not(let node): return .not(node.flattened)
    case .and(let nodes):
      let flat = nodes.map(\.flattened).flatMap { node in
        if case .and(let inner) = node { return inner }
        return [node]
      }
      return flat.count == 1 ? flat[0] : .and(flat)
    case .or(let nodes):
      let flat = nodes.map(\.flattened).flatMap { node in
        if case .or(let inner) = node { return inner }
        return [node]
      }
      return flat.count == 1 ? flat[0] : .or(flat)
    }
  }

  var prefix: [OdooJSON] {
    switch self {
    case .leaf(let path, let operation, let value): [[.string(path), .string(operation), value]]
    case .not(let node): ["!"] + node.prefix
    // Odoo's own way to say "always" and "never" inside a domain.
    case .and(let nodes): nodes.isEmpty ? [[1, "=", 1]] : Self.joined("&", nodes)
    case .or(let nodes): nodes.isEmpty ? [[0, "=", 1]] : Self.joined("|", nodes)
    }
  }

  private static func joined(_ sign: OdooJSON, _ nodes: [Domain.Node]) -> [OdooJSON] {
    Array(repeating: sign, count: nodes.count - 1) + nodes.flatMap(\.prefix)
  }
}

extension Domain: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only: the values in it may be addresses.
  public var description: String { "Domain(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
