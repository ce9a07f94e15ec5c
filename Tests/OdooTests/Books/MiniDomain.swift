@testable import Odoo

/// Whether a record meets a domain, in Odoo's prefix form.
enum MiniDomain {
  static func holds(_ domain: [OdooJSON], _ record: [String: OdooJSON]) -> Bool {
    var rest = domain[...]
    var all = true
    // Conditions of the outermost level are joined by "and".
    while !rest.isEmpty { all = next(&rest, record) && all }
    return all
  }

  private static func next(
    _ rest: inout ArraySlice<OdooJSON>, _ record: [String: OdooJSON]
  ) -> Bool {
    guard let first = rest.popFirst() else { return true }
    switch first.text {
    case "&":
      let (left, right) = (next(&rest, record), next(&rest, record))
      return left && right
    case "|":
      let (left, right) = (next(&rest, record), next(&rest, record))
      return left || right
    case "!": return !next(&rest, record)
    default: return leaf(first.elements ?? [], record)
    }
  }

  private static func leaf(_ leaf: [OdooJSON], _ record: [String: OdooJSON]) -> Bool {
    guard leaf.count == 3, let operation = leaf[1].text else { return false }
    guard let name = leaf[0].text else { return leaf[0] == leaf[2] }
    let value = plain(record[name] ?? .bool(false))
    switch operation {
    case "=": return value == leaf[2]
    case "!=": return value != leaf[2]
    case "in": return leaf[2].elements?.contains(value) ?? false
    case "ilike":
      let part = (leaf[2].text ?? "").replacing("\\", with: "").lowercased()
      return value.text?.lowercased().contains(part) ?? false
    case ">": return less(leaf[2], value)
    case "<": return less(value, leaf[2])
    case ">=": return !less(value, leaf[2])
    case "<=": return !less(leaf[2], value)
    default: return false
    }
  }

  /// A record is compared by its id.
  private static func plain(_ value: OdooJSON) -> OdooJSON {
    guard let parts = value.elements, parts.count == 2, parts[1].text != nil else { return value }
    return parts[0]
  }

  private static func less(_ left: OdooJSON, _ right: OdooJSON) -> Bool {
    if let left = left.number, let right = right.number { return left < right }
    return (left.text ?? "") < (right.text ?? "")
  }
}
