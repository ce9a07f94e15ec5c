/// The order of a search's records. It always ends in the id, so that it is total: pages neither
/// repeat nor skip a record that stays as it is.
public struct Order: Sendable, Hashable {
  /// One field of an order.
  public struct Term: Sendable, Hashable {
    let field: FieldName
    let isDescending: Bool

    /// From small to large.
    public static func ascending(_ field: FieldName) -> Term {
      Term(field: field, isDescending: false)
    }
    /// From large to small.
    public static func descending(_ field: FieldName) -> Term {
      Term(field: field, isDescending: true)
    }
  }

  let terms: [Term]

  /// By these fields, then by id.
  public init(_ terms: Term...) { self.init(terms) }

  /// By these fields, then by id. What follows the id cannot matter and is dropped.
  public init(_ terms: [Term]) {
    let end = terms.firstIndex { $0.field == "id" }
    self.terms = end.map { Array(terms[...$0]) } ?? terms + [.ascending("id")]
  }

  /// By id alone.
  public static let byID = Order()

  /// As Odoo takes it.
  public var text: String {
    terms.map { $0.isDescending ? "\($0.field) desc" : $0.field.text }.joined(separator: ", ")
  }
}
