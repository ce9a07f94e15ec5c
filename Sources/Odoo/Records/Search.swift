/// Which records of a model are meant, what of them is read, and in which order.
public struct Search: Sendable {
  /// The model.
  public var model: ModelName
  /// Which records.
  public var domain: Domain
  /// What is read of them; plain fields of the model. The currencies of amounts are read with them.
  public var fields: [FieldName]
  /// In which order; it always ends in the id.
  public var order: Order
  /// How many at most, from 1 on; nil: all. Pages have their own size.
  public var limit: Int?
  /// How many of the first are left out.
  public var offset: Int
  /// What the call is made with; nil: the client's own.
  public var context: OdooContext?

  /// Builds a search.
  public init(
    _ model: ModelName, where domain: Domain = .all, fields: [FieldName], order: Order = .byID,
    limit: Int? = nil, offset: Int = 0, context: OdooContext? = nil
  ) {
    self.model = model
    self.domain = domain
    self.fields = fields
    self.order = order
    self.limit = limit
    self.offset = offset
    self.context = context
  }
}
