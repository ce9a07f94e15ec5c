/// The calls of this library, exactly as the server takes them.
extension OdooCall {
  static func fieldsGet(_ model: ModelName, names: [String]?, attributes: [String]) -> OdooCall {
    let attributes = Argument.named("attributes", .array(attributes.map { .string($0) }))
    let names = names.map { Argument.place("allfields", .array($0.map { .string($0) })) }
    return OdooCall(
      model: model, method: "fields_get", arguments: [names, attributes].compactMap(\.self))
  }

  static func search(
    _ model: ModelName, _ domain: OdooJSON, _ options: [Argument], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "search", arguments: [.place("domain", domain)] + options,
      context: context)
  }

  static func searchRead(
    _ model: ModelName, _ domain: Domain, fields: [String], page: Page, context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "search_read",
      arguments: [
        .place("domain", domain.json), .named("fields", .array(fields.map { .string($0) })),
      ] + page.arguments, context: context)
  }

  static func searchCount(_ model: ModelName, _ domain: Domain, context: OdooContext?) -> OdooCall {
    OdooCall(
      model: model, method: "search_count", arguments: [.place("domain", domain.json)],
      context: context)
  }

  static func read(
    _ model: ModelName, _ ids: [Int], fields: [String], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "read", ids: ids,
      arguments: [.place("fields", .array(fields.map { .string($0) }))], context: context)
  }

  static func create(
    _ model: ModelName, _ values: [[FieldName: NewValue]], context: OdooContext?
  ) -> OdooCall {
    let list: OdooJSON =
      values.count == 1 ? .fields(values[0]) : .array(values.map { .fields($0) })
    return OdooCall(
      model: model, method: "create", arguments: [.place("vals_list", list)], context: context,
      effect: .write)
  }

  static func write(
    _ model: ModelName, _ ids: [Int], _ values: [FieldName: NewValue], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "write", ids: ids, arguments: [.place("vals", .fields(values))],
      context: context, effect: .write)
  }

  static func unlink(_ model: ModelName, _ ids: [Int], context: OdooContext?) -> OdooCall {
    OdooCall(model: model, method: "unlink", ids: ids, context: context, effect: .write)
  }

  static func load(
    _ model: ModelName, columns: [String], rows: [[String]], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "load",
      arguments: [
        .place("fields", .array(columns.map { .string($0) })),
        .place("data", .array(rows.map { .array($0.map { .string($0) }) })),
      ], context: context, effect: .write)
  }

  static func checkObjectReference(_ id: ExternalID, context: OdooContext?) -> OdooCall {
    OdooCall(
      model: "ir.model.data", method: "check_object_reference",
      arguments: [.place("module", .string(id.module)), .place("xml_id", .string(id.name))],
      context: context)
  }

  static func hasAccess(_ model: ModelName, _ right: String, context: OdooContext?) -> OdooCall {
    OdooCall(
      model: model, method: "has_access", ids: [],
      arguments: [.place("operation", .string(right))], context: context)
  }

  static func checkAccessRights(
    _ model: ModelName, _ right: String, context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "check_access_rights",
      arguments: [.place("operation", .string(right)), .place("raise_exception", false)],
      context: context)
  }

  static func messagePost(
    _ model: ModelName, _ id: Int, _ arguments: [Argument], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "message_post", ids: [id], arguments: arguments, context: context,
      effect: .write)
  }

  static func activitySchedule(
    _ model: ModelName, _ id: Int, _ arguments: [Argument], context: OdooContext?
  ) -> OdooCall {
    OdooCall(
      model: model, method: "activity_schedule", ids: [id], arguments: arguments,
      context: context, effect: .write)
  }
}

/// Which part of a search's records is meant.
struct Page: Sendable {
  var order: String?
  var limit: Int?
  /// How many of the first are left out; nil leaves it unsaid.
  var offset: Int?

  var arguments: [OdooCall.Argument] {
    var arguments: [OdooCall.Argument] = []
    if let offset { arguments.append(.named("offset", .int(offset))) }
    if let limit { arguments.append(.named("limit", .int(limit))) }
    if let order { arguments.append(.named("order", .string(order))) }
    return arguments
  }
}
