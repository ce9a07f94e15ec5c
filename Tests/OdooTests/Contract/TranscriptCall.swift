@testable import Odoo

/// Builds, by the library's own functions, the call that a transcript made.
enum TranscriptCall {
  /// - Returns: nil for the methods that the library has no words for.
  static func call(
    _ model: ModelName, _ method: String, places: [OdooJSON], names: [String: OdooJSON]
  ) -> OdooCall? {
    var names = names
    let context = OdooContext(
      timeZone: nil, more: names.removeValue(forKey: "context")?.members ?? [:])
    switch method {
    case "fields_get":
      let attributes = names["attributes"]?.elements?.compactMap(\.text) ?? []
      return .fieldsGet(
        model, names: places.first?.elements?.compactMap(\.text), attributes: attributes)
    case "search_read":
      guard let domain = Domain(parsing: places[0]) else { return nil }
      return .searchRead(
        model, domain, fields: names["fields"]?.elements?.compactMap(\.text) ?? [],
        page: Page(names), context: context)
    case "search":
      return .search(model, places[0], Page(names).arguments, context: context)
    case "search_count":
      return Domain(parsing: places[0]).map { .searchCount(model, $0, context: context) }
    case "read":
      guard places.count == 2, names.isEmpty, let ids = places[0].ids else { return nil }
      return .read(
        model, ids, fields: places[1].elements?.compactMap(\.text) ?? [], context: context)
    case "check_object_reference":
      guard let module = places[0].text, let name = places[1].text else { return nil }
      return ExternalID(module: module, name: name).map {
        .checkObjectReference($0, context: context)
      }
    case "has_access":
      guard places[0] == [] else { return nil }
      return .hasAccess(model, places[1].text ?? "", context: context)
    case "check_access_rights":
      return .checkAccessRights(model, places[0].text ?? "", context: context)
    default: return writing(model, method, places: places, names: names, context: context)
    }
  }

  private static func writing(
    _ model: ModelName, _ method: String, places: [OdooJSON], names: [String: OdooJSON],
    context: OdooContext
  ) -> OdooCall? {
    let arguments = names.map { OdooCall.Argument.named($0.key, $0.value) }
    switch method {
    case "create":
      let list = places[0].elements ?? [places[0]]
      let values = list.compactMap(values)
      return values.count == list.count ? .create(model, values, context: context) : nil
    case "write":
      guard let ids = places[0].ids, let values = values(places[1]) else { return nil }
      return .write(model, ids, values, context: context)
    case "unlink": return places[0].ids.map { .unlink(model, $0, context: context) }
    case "load":
      return .load(
        model, columns: places[0].elements?.compactMap(\.text) ?? [],
        rows: (places[1].elements ?? []).map { $0.elements?.compactMap(\.text) ?? [] },
        context: context)
    case "message_post":
      return places[0].ids.map { .messagePost(model, $0[0], arguments, context: context) }
    case "activity_schedule":
      return places[0].ids.map { .activitySchedule(model, $0[0], arguments, context: context) }
    default: return nil
    }
  }

  static func values(_ json: OdooJSON) -> [FieldName: NewValue]? {
    guard let members = json.members else { return nil }
    var values: [FieldName: NewValue] = [:]
    for (name, json) in members {
      guard let name = FieldName(name), let value = value(json) else { return nil }
      values[name] = value
    }
    return values
  }

  private static func value(_ json: OdooJSON) -> NewValue? {
    switch json {
    case .bool(let flag): return .flag(flag)
    case .int(let number): return .integer(number)
    case .double(let number): return .number(number)
    case .string(let text):
      if let date = OdooDate(text) { return .date(date) }
      return OdooTime(text).map { .time($0) } ?? .text(text)
    case .array(let commands):
      let read = commands.compactMap(command)
      return read.count == commands.count ? .links(read) : nil
    default: return nil
    }
  }

  private static func command(_ json: OdooJSON) -> LinkCommand? {
    guard let parts = json.elements, parts.count == 3 else { return nil }
    switch parts[0] {
    case 0: return values(parts[2]).map { .create($0) }
    case 4: return parts[1].id.map { .link($0) }
    case 6: return parts[2].ids.map { .replace($0) }
    default: return nil
    }
  }
}

extension Page {
  fileprivate init(_ names: [String: OdooJSON]) {
    self.init(
      order: names["order"]?.text, limit: names["limit"]?.integer,
      offset: names["offset"]?.integer)
  }
}

extension Domain {
  /// Reads what another program wrote.
  init?(parsing json: OdooJSON) {
    guard var terms = json.elements?[...] else { return nil }
    var nodes: [Node] = []
    while !terms.isEmpty {
      guard let node = Self.node(&terms) else { return nil }
      nodes.append(node)
    }
    self.init(.and(nodes))
  }

  private static func node(_ terms: inout ArraySlice<OdooJSON>) -> Node? {
    guard let term = terms.popFirst() else { return nil }
    switch term {
    case "!": return node(&terms).map { .not($0) }
    case "&", "|":
      guard let left = node(&terms), let right = node(&terms) else { return nil }
      return term == "&" ? .and([left, right]) : .or([left, right])
    default:
      guard let leaf = term.elements, leaf.count == 3, let path = leaf[0].text,
        let operation = leaf[1].text
      else { return nil }
      return .leaf(path: path, operation: operation, value: leaf[2])
    }
  }
}
