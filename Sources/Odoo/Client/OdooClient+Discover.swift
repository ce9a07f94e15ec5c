extension OdooClient {
  /// Finds out who answers and who we are there.
  func discover() async throws(OdooError) -> ServerFacts {
    let version = try await askVersion()
    let wire = try chooseWire(version)
    let user = try await wire == .json2 ? askUserByKey() : authenticate()
    let facts = ServerFacts(version: version, userID: user, wire: wire)
    if let language = configuration.context.language {
      try await check(language: language, facts)
    }
    return facts
  }

  /// Asks where all versions answer, then where only some do.
  func askVersion() async throws(OdooError) -> ServerVersion {
    let ways: [(String, WireRequest)] = [
      ("version_info", .versionInfo),
      ("version", .rpc(id: 0, service: "common", method: "version", [])),
      ("web_version", WireRequest(method: "GET", path: "/web/version", body: nil)),
    ]
    var last: OdooError?
    for (method, request) in ways {
      do {
        return try await askVersion(method, request)
      } catch {
        guard
          error.kind == .notOdoo || error.kind == .answerUnreadable
            || error.kind == .answerUnexpected || error.kind == .methodUnknown
        else { throw error }
        last = last ?? error
      }
    }
    throw last ?? OdooError(Fault(.notOdoo), model: nil, method: "version", effect: .read)
  }

  private func askVersion(
    _ method: String, _ request: WireRequest
  ) async throws(OdooError) -> ServerVersion {
    try await reported(nil, method, .read) {
      (report: inout CallReport) throws(Fault) -> ServerVersion in
      let result = try await attempts(.read, &report) {
        (report: inout CallReport) throws(Fault) -> OdooJSON in
        let answer = try await send(request, .read, &report)
        let wire: WireProtocol = request.method == "GET" ? .json2 : .jsonRPC
        return try AnswerReader.read(answer, wire, id: nil, caller: nil)
      }
      let info = result["server_version_info"] ?? result["version_info"]
      guard let version = ServerVersion(info: info) else { throw Fault(.answerUnexpected) }
      return version
    }
  }

  private func chooseWire(_ version: ServerVersion) throws(OdooError) -> WireProtocol {
    let credentials = configuration.credentials
    let canRPC = configuration.database != nil && credentials.login != nil
    let wire =
      configuration.wire ?? (version.hasJSON2 && credentials.isAPIKey ? .json2 : .jsonRPC)
    let problem: String? =
      switch wire {
      case .json2 where !version.hasJSON2: "json_2_needs_odoo_19"
      case .json2 where !credentials.isAPIKey: "json_2_needs_api_key"
      case .jsonRPC where !canRPC: "json_rpc_needs_database_and_login"
      default: nil
      }
    guard let problem else { return wire }
    throw OdooError(
      Fault(.requestInvalid, detail: problem, nothingWasDone: true), model: nil, method: "connect",
      effect: .read)
  }

  /// One attempt and no more: `false` means a wrong password, and on old servers also that the address
  /// is locked out.
  private func authenticate() async throws(OdooError) -> Int {
    try await reported(nil, "authenticate", .read) {
      (report: inout CallReport) throws(Fault) -> Int in
      let result = try await attempts(.read, &report) {
        (report: inout CallReport) throws(Fault) -> OdooJSON in
        let id = numbers.next()
        let answer = try await send(authentication(id), .read, &report)
        let result = try AnswerReader.read(answer, .jsonRPC, id: id, caller: nil)
        if result == .bool(false) { throw Fault(.credentialsRefused, nothingWasDone: true) }
        return result
      }
      guard let user = result.id else { throw Fault(.answerUnexpected) }
      return user
    }
  }

  func authentication(_ id: Int) -> WireRequest {
    .rpc(
      id: id, service: "common", method: "authenticate",
      [
        .string(configuration.database ?? ""), .string(configuration.credentials.login ?? ""),
        .string(configuration.credentials.unredacted()), [:],
      ])
  }

  /// The cheapest question that only a valid key answers.
  private func askUserByKey() async throws(OdooError) -> Int {
    try await reported("res.users", "context_get", .read) {
      (report: inout CallReport) throws(Fault) -> Int in
      let result = try await attempts(.read, &report) {
        (report: inout CallReport) throws(Fault) -> OdooJSON in
        let request = WireRequest.json2(
          model: "res.users", method: "context_get", [:], configuration)
        let answer = try await send(request, .read, &report)
        return try AnswerReader.read(answer, .json2, id: nil, caller: nil)
      }
      guard let user = result["uid"]?.id else { throw Fault(.answerUnexpected) }
      return user
    }
  }

  /// 19 refuses every call in a language that is not installed; 14 ignores it.
  private func check(language: String, _ facts: ServerFacts) async throws(OdooError) {
    let domain = Domain.text("code").is(language)
    let call = OdooCall.searchCount("res.lang", domain, context: OdooContext.none)
    let count = try await reported(call.model.text, call.method, .read) {
      (report: inout CallReport) throws(Fault) -> OdooJSON in
      try await attempts(.read, &report) { (report: inout CallReport) throws(Fault) -> OdooJSON in
        let id = numbers.next()
        let request = call.request(
          facts.wire, user: facts.userID, configuration: configuration, id: id, context: .none)
        let answer = try await send(request, .read, &report)
        return try AnswerReader.read(answer, facts.wire, id: id, caller: facts.userID)
      }
    }
    guard count.integer ?? 0 > 0 else {
      throw refusal(.requestInvalid, call, "language_not_installed")
    }
  }
}

extension WireRequest {
  /// Answers without a database and without credentials on all versions.
  static let versionInfo = WireRequest(
    path: "/web/webclient/version_info",
    body: JSONWriter.bytes(["jsonrpc": "2.0", "method": "call", "params": [:]]))
}
