import NIOCore
import Synchronization

@testable import Odoo

/// An Odoo of a few models in memory, behind JSON-RPC, which loses answers when it is told to: the work
/// is done and nobody is told, or nothing is done and nobody is told.
final class MiniOdoo: Sendable {
  /// What becomes of a writing call.
  enum Fate: Sendable { case answered, doneAndCut, cutBefore }

  struct State {
    var records: [String: [Int: [String: OdooJSON]]] = [:]
    var externals: [String: (model: String, id: Int)] = [:]
    var nextID = 100
    var writes: [String] = []
    /// What becomes of the next writing calls; afterwards all are answered.
    var fates: [Fate] = []
    /// Runs after a call that was cut off was done.
    var afterCut: (@Sendable (MiniOdoo) -> Void)?
    var denied: Set<String> = []
    /// What the customer's portal answers.
    var portal = LoopbackServer.Step.answer(404, "<html>")
    var portalPaths: [String] = []
  }

  static let user = 7

  private let state = Mutex(State())
  private let server = Mutex<LoopbackServer?>(nil)
  /// Extra fields of a model, and their types.
  let fields: [String: String]

  init(fields: [String: String] = [:]) async throws {
    self.fields = fields
    let running = try await LoopbackServer { [self] request in respond(request) }
    server.withLock { $0 = running }
  }

  var url: String { server.withLock { $0?.baseURL ?? "" } }

  func stop() async throws { try await server.withLock { $0 }?.stop() }

  // MARK: - What a test says and looks at

  func put(_ model: String, _ id: Int, _ values: [String: OdooJSON]) {
    state.withLock { $0.records[model, default: [:]][id] = values.merging(["id": .int(id)]) { $1 } }
  }

  func set(_ model: String, _ id: Int, _ values: [String: OdooJSON], by user: Int = 2) {
    state.withLock { state in
      state.records[model]?[id]?.merge(values) { $1 }
      state.records[model]?[id]?["write_uid"] = [.int(user), "Somebody Else"]
    }
  }

  func delete(_ model: String, _ id: Int) {
    state.withLock { $0.records[model]?[id] = nil }
  }

  func all(_ model: String) -> [Int: [String: OdooJSON]] {
    state.withLock { $0.records[model] ?? [:] }
  }

  func lose(_ fates: [Fate], then body: (@Sendable (MiniOdoo) -> Void)? = nil) {
    state.withLock {
      $0.fates = fates
      $0.afterCut = body
    }
  }

  func deny(_ method: String) { state.withLock { _ = $0.denied.insert(method) } }

  func portal(_ step: LoopbackServer.Step) { state.withLock { $0.portal = step } }

  /// What the portal was asked for, in order.
  var portalPaths: [String] { state.withLock { $0.portalPaths } }

  /// Methods that changed something, in order.
  var writes: [String] { state.withLock { $0.writes } }

  // MARK: - Answering

  private static let writing: Set<String> = [
    "create", "write", "unlink", "load", "message_post", "activity_schedule", "action_confirm",
    "action_cancel", "get_portal_url", "action_post", "action_create_payments", "action_draft",
    "button_draft",
    "button_cancel",
  ]

  private func respond(_ request: LoopbackServer.Received) -> LoopbackServer.Step {
    if request.line.hasPrefix("GET /my/") {
      return state.withLock { state in
        state.portalPaths.append(String(request.line.split(separator: " ")[1]))
        return state.portal
      }
    }
    guard let body = JSONReader.read(request.body) else { return .answer(400, "{}") }
    let id = body["id"]?.integer ?? 0
    if request.line.contains("version_info") {
      return .answer(200, Fixture.rpc(#"{"server_version_info":[18,0,0,"final",0,""]}"#, id: id))
    }
    guard let arguments = body["params"]?["args"]?.elements else { return .answer(400, "{}") }
    if body["params"]?["method"] == "authenticate" {
      return .answer(200, Fixture.rpc("\(Self.user)", id: id))
    }
    let call = Call(arguments)
    let fate = Self.writing.contains(call.method) ? nextFate() : .answered
    if fate == .cutBefore { return .cut }
    let answer = state.withLock { self.answer(call, &$0) }
    if fate == .doneAndCut {
      state.withLock { $0.afterCut }?(self)
      return .cut
    }
    switch answer {
    case .success(let value):
      return .answer(200, Fixture.rpc(Self.text(value), id: id))
    case .failure(let error):
      return .answer(200, Fixture.rpcError(error.name, error.message, id: id))
    }
  }

  private func nextFate() -> Fate {
    state.withLock { $0.fates.isEmpty ? .answered : $0.fates.removeFirst() }
  }

  private static func text(_ value: OdooJSON) -> String {
    var buffer = JSONWriter.bytes(value)
    return buffer.readString(length: buffer.readableBytes) ?? ""
  }

  struct Refusal: Error {
    let name: String
    let message: String
  }

  struct Call {
    let model: String
    let method: String
    let places: [OdooJSON]
    let names: [String: OdooJSON]

    init(_ arguments: [OdooJSON]) {
      model = arguments[3].text ?? ""
      method = arguments[4].text ?? ""
      places = arguments[5].elements ?? []
      names = arguments.count > 6 ? arguments[6].members ?? [:] : [:]
    }

    var ids: [Int] { places.first?.ids ?? [] }
  }

  private func answer(_ call: Call, _ state: inout State) -> Result<OdooJSON, Refusal> {
    guard !state.denied.contains(call.method) else {
      return .failure(Refusal(name: "odoo.exceptions.AccessError", message: "no"))
    }
    if Self.writing.contains(call.method) { state.writes.append("\(call.model).\(call.method)") }
    switch call.method {
    case "fields_get": return .success(.object(described(call.model)))
    case "has_access": return .success(true)
    case "search_read": return .success(.array(found(call, state)))
    case "read":
      return .success(
        .array(call.ids.compactMap { state.records[call.model]?[$0] }.map(padded(call.model))))
    case "check_object_reference": return reference(call, state)
    case "load": return load(call, &state)
    case "create":
      let values = call.places[0].elements?.first?.members ?? call.places[0].members ?? [:]
      return .success(.int(create(call.model, values, &state, call)))
    case "write": return write(call, call.places[1].members ?? [:], &state)
    case "unlink":
      for id in call.ids { state.records[call.model]?[id] = nil }
      return .success(true)
    case "message_post":
      return .success(
        .int(attach("mail.message", "body", call.names["body"], call, &state)))
    case "activity_schedule":
      return .success(
        .array([.int(attach("mail.activity", "note", call.names["note"], call, &state))]))
    case "action_confirm": return write(call, ["state": "sale"], &state)
    case "action_cancel": return write(call, ["state": "cancel"], &state)
    default:
      return account(call, &state)
        ?? .failure(Refusal(name: "builtins.AttributeError", message: call.method))
    }
  }
}

/// Records.
extension MiniOdoo {
  private static let standard: [String: String] = [
    "name": "char", "active": "boolean", "description": "html", "note": "html", "body": "html",
    "model": "char", "res_model": "char", "res_id": "integer", "summary": "char",
    "project_id": "many2one", "stage_id": "many2one", "team_id": "many2one",
    "partner_id": "many2one", "user_ids": "many2many", "project_ids": "many2many",
    "date_deadline": "datetime", "state": "selection",
    "priority": "selection", "write_uid": "many2one", "write_date": "datetime", "email": "char",
  ]

  private func described(_ model: String) -> [String: OdooJSON] {
    var types = Self.standard.merging(fields) { $1 }
    // What has no archive.
    if ["mail.message", "account.move", "account.payment"].contains(model) {
      types["active"] = nil
    }
    if types["user_id"] != nil { types["user_ids"] = nil }
    return types.mapValues { type in
      type == "monetary"
        ? ["type": "monetary", "currency_field": "currency_id"] : ["type": .string(type)]
    }
  }

  /// Everything that is not set is `false`.
  private func padded(_ model: String) -> ([String: OdooJSON]) -> OdooJSON {
    { record in
      var full = self.described(model).mapValues { type in
        type["type"] == "boolean" ? OdooJSON.bool(true) : .bool(false)
      }
      for (name, type) in self.described(model) where type["type"]?.text?.hasSuffix("many") == true
      {
        full[name] = []
      }
      for name in ["res_id"] { full[name] = 0 }
      return .object(full.merging(record) { $1 })
    }
  }

  private func found(_ call: Call, _ state: State) -> [OdooJSON] {
    let records = state.records[call.model] ?? [:]
    let domain = call.places.first?.elements ?? call.names["domain"]?.elements ?? []
    var found = records.sorted { $0.key < $1.key }.map(\.value).filter {
      MiniDomain.holds(domain, $0)
    }
    if call.names["order"]?.text?.hasPrefix("write_date desc") == true { found.reverse() }
    if let limit = call.names["limit"]?.integer { found = Array(found.prefix(limit)) }
    return found.map(padded(call.model))
  }

  private func reference(_ call: Call, _ state: State) -> Result<OdooJSON, Refusal> {
    let name = "\(call.places[0].text ?? "").\(call.places[1].text ?? "")"
    guard let (model, id) = state.externals[name], state.records[model]?[id] != nil else {
      return .failure(
        Refusal(
          name: "builtins.ValueError", message: "External ID not found in the system: \(name)"))
    }
    return .success([.string(model), .int(id)])
  }

  private func load(_ call: Call, _ state: inout State) -> Result<OdooJSON, Refusal> {
    let columns = (call.places[0].elements ?? []).compactMap(\.text)
    let row = (call.places[1].elements?.first?.elements ?? []).compactMap(\.text)
    var values: [String: OdooJSON] = [:]
    for (column, text) in zip(columns, row) where column != "id" {
      let field = String(column.split(separator: "/")[0])
      values[field] = column.hasSuffix("/.id") ? .int(Int(text) ?? 0) : .string(text)
    }
    if let project = values["project_id"]?.integer,
      state.records["project.project"]?[project] == nil
    {
      let message: OdooJSON = [
        "type": "error", "record": 0, "field": "project_id",
        "message": "No matching record found for database id",
      ]
      return .success(["ids": false, "messages": [message]])
    }
    for name in ["project_id", "partner_id"] {
      if let id = values[name]?.integer { values[name] = [.int(id), "x"] }
    }
    let context = call.names["context"]
    if let (model, id) = state.externals[row[0]], state.records[model]?[id] != nil {
      let isKept = context?["mode"] == "update" && context?["noupdate"] == true
      if !isKept { state.records[model]?[id]?.merge(values) { $1 } }
      return .success(["ids": [.int(id)], "messages": []])
    }
    let id = create(call.model, values, &state)
    state.externals[row[0]] = (call.model, id)
    return .success(["ids": [.int(id)], "messages": []])
  }

  func create(
    _ model: String, _ values: [String: OdooJSON], _ state: inout State, _ call: Call? = nil
  ) -> Int {
    state.nextID += 1
    let own: [String: OdooJSON] = [
      "id": .int(state.nextID), "write_uid": [.int(Self.user), "Bot"],
      "write_date": "2026-03-04 15:00:00", "active": true,
    ]
    let full = completed(model, values, state.nextID, state, call)
    state.records[model, default: [:]][state.nextID] = full.merging(own) { $1 }
    return state.nextID
  }

  private func write(
    _ call: Call, _ values: [String: OdooJSON], _ state: inout State
  ) -> Result<OdooJSON, Refusal> {
    for id in call.ids {
      guard state.records[call.model]?[id] != nil else {
        return .failure(Refusal(name: "odoo.exceptions.MissingError", message: "gone"))
      }
      for (name, value) in values {
        let isLink = Self.standard[name] == "many2one"
        state.records[call.model]?[id]?[name] = isLink ? [value, "x"] : value
      }
      state.records[call.model]?[id]?["write_uid"] = [.int(Self.user), "Bot"]
    }
    return .success(true)
  }

  private func attach(
    _ model: String, _ field: String, _ text: OdooJSON?, _ call: Call, _ state: inout State
  ) -> Int {
    var values = call.names
    values[field] = text ?? false
    values["context"] = nil
    values[model == "mail.message" ? "model" : "res_model"] = .string(call.model)
    values["author_id"] = [.int(Self.user), "Bot"]
    values["res_id"] = .int(call.ids.first ?? 0)
    return create(model, values, &state)
  }
}
