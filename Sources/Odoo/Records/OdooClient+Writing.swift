extension OdooClient {
  /// Creates a record.
  ///
  /// - Returns: its id.
  /// - Throws: `OdooError`; where its `retry` is `outcomeUnknown` the record may exist. Where that
  ///   must not happen, use ``load(_:_:keepsExisting:context:)``.
  public func create(
    _ model: ModelName, _ values: [FieldName: NewValue], context: OdooContext? = nil
  ) async throws(OdooError) -> Int {
    try await create(model, [values], context: context)[0]
  }

  /// Creates records with one call: all of them or none.
  ///
  /// - Returns: their ids, in the same order.
  public func create(
    _ model: ModelName, _ list: [[FieldName: NewValue]], context: OdooContext? = nil
  ) async throws(OdooError) -> [Int] {
    if list.isEmpty { return [] }
    let call = OdooCall.create(model, list, context: context)
    for values in list { try await check(values, call) }
    let answer = try await perform(call)
    let ids = answer.ids ?? answer.id.map { [$0] }
    guard let ids, ids.count == list.count, Set(ids).count == ids.count else {
      throw unexpected(call)
    }
    return ids
  }

  /// Changes records: all of them, or none where one does not exist.
  public func write(
    _ model: ModelName, ids: [Int], _ values: [FieldName: NewValue], context: OdooContext? = nil
  ) async throws(OdooError) {
    let call = OdooCall.write(model, ids, values, context: context)
    // A write of nothing still moves `write_date` and looks like somebody's change.
    guard !values.isEmpty else { throw refusal(.requestInvalid, call, "no_values") }
    try checkIDs(ids, call)
    try await check(values, call)
    guard try await perform(call) == .bool(true) else { throw unexpected(call) }
  }

  /// Deletes records: all of them, or none where one does not exist.
  public func delete(
    _ model: ModelName, ids: [Int], context: OdooContext? = nil
  ) async throws(OdooError) {
    let call = OdooCall.unlink(model, ids, context: context)
    try checkIDs(ids, call)
    guard try await perform(call) == .bool(true) else { throw unexpected(call) }
  }

  /// Calls any other method.
  ///
  /// - Parameters:
  ///   - ids: the records it is called on; nil for a method of the model.
  ///   - arguments: by name.
  ///   - effect: `read` only for what changes nothing, because it is repeated.
  /// - Returns: anything. Methods that give records answer a list of ids from 19 on, a text before.
  public func call(
    _ model: ModelName, _ method: String, ids: [Int]? = nil, arguments: [String: OdooJSON] = [:],
    effect: CallEffect, context: OdooContext? = nil
  ) async throws(OdooError) -> OdooJSON {
    let call = OdooCall(
      model: model, method: method, ids: ids,
      arguments: arguments.map { .named($0.key, $0.value) }, context: context, effect: effect)
    guard NameRule.isWord(method[...]) else {
      throw refusal(.requestInvalid, OdooCall(model: model, method: "call"), "method")
    }
    return try await perform(call)
  }

  func checkIDs(_ ids: [Int], _ call: OdooCall) throws(OdooError) {
    guard !ids.isEmpty, ids.allSatisfy({ $0 > 0 }) else {
      throw refusal(.requestInvalid, call, "id")
    }
  }

  /// Refuses what the server would refuse, or worse, would take and read as something else.
  func check(_ values: [FieldName: NewValue], _ call: OdooCall) async throws(OdooError) {
    let set = try await fields(of: call.model)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let field = set[name] else { throw refusal(.fieldUnknown, call, name.text) }
      guard value.suits(field) else { throw refusal(.valueInvalid, call, name.text) }
    }
  }
}
