/// One call of a method of a model, in the words of both interfaces.
struct OdooCall: Sendable {
  /// An argument. JSON-2 knows it by name; JSON-RPC by place, or by name.
  struct Argument: Sendable {
    let name: String
    let value: OdooJSON
    let hasPlace: Bool

    static func place(_ name: String, _ value: OdooJSON) -> Argument {
      Argument(name: name, value: value, hasPlace: true)
    }

    static func named(_ name: String, _ value: OdooJSON) -> Argument {
      Argument(name: name, value: value, hasPlace: false)
    }
  }

  let model: ModelName
  let method: String
  /// The records it is called on; nil for a method of the model.
  var ids: [Int]?
  var arguments: [Argument] = []
  var context: OdooContext?
  var effect: CallEffect = .read

  /// - Parameter user: id of the calling user.
  func request(
    _ wire: WireProtocol, user: Int, configuration: OdooClient.Configuration, id: Int,
    context defaults: OdooContext
  ) -> WireRequest {
    let context = (context ?? defaults).json
    switch wire {
    case .jsonRPC:
      let call = rpcArguments(context)
      return .rpc(
        id: id, service: "object", method: "execute_kw",
        [
          configuration.database.map { .string($0) } ?? .bool(false), .int(user),
          .string(configuration.credentials.unredacted()), .string(model.text), .string(method),
          .array(call.places), .object(call.names),
        ])
    case .json2:
      return .json2(model: model.text, method: method, json2Body(context), configuration)
    }
  }

  private func rpcArguments(
    _ context: OdooJSON?
  ) -> (places: [OdooJSON], names: [String: OdooJSON]) {
    var places: [OdooJSON] = ids.map { [.array($0.map { .int($0) })] } ?? []
    var names: [String: OdooJSON] = [:]
    for argument in arguments {
      if argument.hasPlace {
        places.append(argument.value)
      } else {
        names[argument.name] = argument.value
      }
    }
    if let context { names["context"] = context }
    return (places, names)
  }

  private func json2Body(_ context: OdooJSON?) -> OdooJSON {
    var members = Dictionary(
      arguments.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    if let ids { members["ids"] = .array(ids.map { .int($0) }) }
    if let context { members["context"] = context }
    return .object(members)
  }
}

extension WireRequest {
  /// A request in JSON-RPC's envelope.
  static func rpc(id: Int, service: String, method: String, _ arguments: [OdooJSON]) -> WireRequest
  {
    let body: OdooJSON = [
      "jsonrpc": "2.0", "method": "call", "id": .int(id),
      "params": [
        "service": .string(service), "method": .string(method), "args": .array(arguments),
      ],
    ]
    return WireRequest(path: "/jsonrpc", body: JSONWriter.bytes(body))
  }

  /// A request of JSON-2.
  static func json2(
    model: String, method: String, _ body: OdooJSON, _ configuration: OdooClient.Configuration
  ) -> WireRequest {
    var headers = [("Authorization", "bearer \(configuration.credentials.unredacted())")]
    if let database = configuration.database { headers.append(("X-Odoo-Database", database)) }
    return WireRequest(
      path: "/json/2/\(model)/\(method)", headers: headers, body: JSONWriter.bytes(body))
  }
}
