import Foundation
import Synchronization

@testable import Odoo

/// Values that the suites share.
enum Fixture {
  static let password = OdooCredentials.password(login: "bot@acme.example", "pass-word")
  static let key = OdooCredentials.apiKey("0123456789abcdef0123456789abcdef01234567")

  static func configuration(
    _ baseURL: String, _ credentials: OdooCredentials = password
  ) -> OdooClient.Configuration {
    var configuration = OdooClient.Configuration(
      baseURL: baseURL, database: "acme", credentials: credentials)
    // A busy machine may stand still for longer than a connection stays open.
    configuration.idleLimit = .seconds(3600)
    configuration.pause = { _ in }
    return configuration
  }

  /// Runs a body with a server and a client, and stops both.
  static func run<Value>(
    _ server: LoopbackServer, _ credentials: OdooCredentials = password,
    change: (inout OdooClient.Configuration) -> Void = { _ in },
    _ body: (OdooClient) async throws -> Value
  ) async throws -> Value {
    var configuration = configuration(server.baseURL, credentials)
    change(&configuration)
    let client = try OdooClient(configuration: configuration)
    let value: Value
    do {
      value = try await body(client)
    } catch {
      try await client.shutdown()
      try await server.stop()
      throw error
    }
    try await client.shutdown()
    try await server.stop()
    return value
  }

  static func json(_ text: String) throws -> OdooJSON {
    guard let value = JSONReader.read(text) else { throw Unreadable() }
    return value
  }

  static func rpc(_ result: String, id: Int) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#
  }

  static func rpcError(_ name: String, _ message: String, id: Int) -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":200,"message":"Odoo Server Error","#
      + #""data":{"name":"\#(name)","message":"\#(message)","arguments":["x"],"context":{},"#
      + #""debug":"Traceback marker-debug"}}}"#
  }

  struct Unreadable: Error {}
}

/// An Odoo of our own: answers discovery like a real one, and the rest as it is told.
final class OdooDouble: Sendable {
  /// A call of a model's method.
  struct Call: Sendable {
    let id: Int
    let model: String
    let method: String
    let body: OdooJSON
    /// Positional and named arguments of JSON-RPC.
    let places: [OdooJSON]
    let names: [String: OdooJSON]
  }

  static let fields =
    #"{"name":{"type":"char"},"active":{"type":"boolean"},"email":{"type":"char"},"#
    + #""amount":{"type":"monetary","currency_field":"currency_id"},"#
    + #""currency_id":{"type":"many2one","relation":"res.currency"},"#
    + #""note":{"type":"html"},"stage_id":{"type":"many2one","relation":"x.stage"},"#
    + #""due":{"type":"date"},"at":{"type":"datetime"},"state":{"type":"selection","#
    + #""selection":[["open","Open"],["done","Done"]]},"users":{"type":"many2many","#
    + #""relation":"res.users"},"count":{"type":"integer"},"rate":{"type":"float"}}"#

  private let calls = Mutex<[Call]>([])
  let version: Int
  private let authenticated: String
  private let respond: @Sendable (Call, Int) -> LoopbackServer.Step

  /// - Parameter respond: gets the call and how many came before it, discovery and fields aside.
  init(
    version: Int = 19, authenticated: String = "7",
    _ respond: @escaping @Sendable (Call, Int) -> LoopbackServer.Step
  ) {
    self.version = version
    self.authenticated = authenticated
    self.respond = respond
  }

  var received: [Call] { calls.withLock { $0 } }

  func start(_ manner: LoopbackServer.Manner = .ordinary) async throws -> LoopbackServer {
    try await LoopbackServer(manner) { [self] request in step(request) }
  }

  private func step(_ request: LoopbackServer.Received) -> LoopbackServer.Step {
    guard let body = JSONReader.read(request.body) else { return .answer(400, "bad") }
    if request.line.contains("/web/webclient/version_info") {
      let info = #"{"server_version_info":[\#(version),0,0,"final",0,""]}"#
      return .answer(200, #"{"jsonrpc":"2.0","id":null,"result":\#(info)}"#)
    }
    if request.line.contains("/json/2/") { return json2(request, body) }
    let id = body["id"]?.integer ?? 0
    if body["params"]?["service"] == "common" {
      return .answer(200, Fixture.rpc(authenticated, id: id))
    }
    let arguments = body["params"]?["args"]?.elements ?? []
    guard arguments.count == 7 else { return .answer(500, "arguments") }
    return answer(
      Call(
        id: id, model: arguments[3].text ?? "", method: arguments[4].text ?? "", body: body,
        places: arguments[5].elements ?? [], names: arguments[6].members ?? [:]))
  }

  private func json2(
    _ request: LoopbackServer.Received, _ body: OdooJSON
  ) -> LoopbackServer.Step {
    let parts = request.line.split(separator: " ")[1].split(separator: "/").map { String($0) }
    if parts[3] == "context_get" { return .answer(200, #"{"uid":7,"lang":"en_US"}"#) }
    if parts[3] == "fields_get" { return .answer(200, Self.fields) }
    return answer(
      Call(
        id: 0, model: parts[2], method: parts[3], body: body, places: [],
        names: body.members ?? [:]))
  }

  private func answer(_ call: Call) -> LoopbackServer.Step {
    if call.method == "fields_get" {
      return .answer(200, Fixture.rpc(Self.fields, id: call.id))
    }
    let before = calls.withLock { calls in
      calls.append(call)
      return calls.count - 1
    }
    return respond(call, before)
  }
}

extension OdooDouble.Call {
  func result(_ json: String) -> LoopbackServer.Step { .answer(200, Fixture.rpc(json, id: id)) }

  func error(_ name: String, _ message: String = "") -> LoopbackServer.Step {
    .answer(200, Fixture.rpcError(name, message, id: id))
  }
}
