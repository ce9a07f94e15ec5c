import Foundation
import HTTPTypes
import Hummingbird

/// The vendor's side of the sandbox: one request in, one answer out.
struct VendorAPI: Sendable {
  let configuration: SandboxConfiguration
  let keys: VendorKeys
  let store: MailboxStore
  let faults: FaultSwitch
  let settings: SandboxSettings
  let statistics: RequestStatistics
  let rateLimit = ActivityRateLimit()

  /// Answers a request, unless a fault cuts or hangs the connection.
  func respond(
    to request: Request, at path: String, on connection: SandboxConnection
  ) async throws -> Response {
    guard let endpoint = VendorEndpoint(rawValue: path) else {
      return Response(status: .notFound)
    }
    guard request.method == .post else {
      return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
    }
    guard let body = try await request.body.collected(upTo: endpoint.bodyLimit) else {
      statistics.count(endpoint, .refused)
      return .proxyPage(.contentTooLarge)
    }
    if let fault = faults.take(path: path, afterAccepting: false) {
      statistics.count(endpoint, .faulted)
      return try await connection.strike(fault, before: request)
    }
    let answer = answer(endpoint, headers: request.headers, body: body)
    let isAccepted = answer.status == .ok
    statistics.count(endpoint, isAccepted ? .accepted : .refused)
    guard isAccepted, let fault = faults.take(path: path, afterAccepting: true) else {
      return answer.response
    }
    return try await connection.strike(fault, after: answer)
  }

  private func answer(
    _ endpoint: VendorEndpoint, headers: HTTPFields, body: ByteBuffer
  ) -> VendorAnswer {
    let requestID = Identifiers.uuid()
    do throws(VendorRefusal) {
      let data = try data(endpoint, headers: headers, body: body, requestID: requestID)
      return VendorAnswer(requestID: requestID, data: data)
    } catch {
      return VendorAnswer(requestID: requestID, refusal: error)
    }
  }

  private func data(
    _ endpoint: VendorEndpoint, headers: HTTPFields, body: ByteBuffer, requestID: String
  ) throws(VendorRefusal) -> JSONValue {
    guard let json = try? JSONReader.parse(body.readableBytesView), json.members != nil else {
      throw .payload()
    }
    let key = try keys.authenticate(headers, json)
    try keys.authorize(key, for: endpoint)
    let call = VendorCall(
      requestID: requestID, key: key, body: json, byteSize: body.readableBytes,
      now: VendorDate.wholeMilliseconds(configuration.clock()))
    switch endpoint {
    case .emailSend: return try sendEmail(call)
    case .smsSend: return try sendSMS(call)
    case .activitySearch: return try searchActivity(call)
    case .keyPermissions: return JSONValue(keys.permissions(of: key))
    case .singleSendersView: return AccountViews.singleSenders(configuration, requestID: requestID)
    case .domainView: return AccountViews.domains(configuration)
    }
  }

  private func sendEmail(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let send = try EmailSend(call.body, now: call.now)
    guard configuration.mayWrite(as: AddressSyntax.address(of: send.sender)) else {
      return try refuseSender(send.sender)
    }
    let message = send.message(
      id: Identifiers.email(at: call.now), requestID: call.requestID, at: call.now, key: call.key,
      isRejected: configuration.sandboxedKeys.contains(call.key), byteSize: call.byteSize)
    try keep { try store.accept(message) }
    return message.acceptance(isFastAccept: send.isFastAccept)
  }

  private func refuseSender(_ sender: String) throws(VendorRefusal) -> JSONValue {
    let text = "From header sender domain not verified (\(AddressSyntax.address(of: sender)))"
    switch configuration.unverifiedSenderAnswer {
    case .error: throw .business(text)
    case .failures: return ["succeeded": 0, "failed": 1, "failures": [.string("550 " + text)]]
    }
  }

  private func sendSMS(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    let messages = try SMSSend(call.body).messages(
      requestID: call.requestID, at: call.now, key: call.key)
    try keep { try store.accept(messages) }
    return SMSSend.acceptance(messages)
  }

  /// What cannot be kept is not accepted.
  private func keep(_ accept: () throws -> Void) throws(VendorRefusal) {
    do {
      try accept()
    } catch {
      throw .business("The sandbox cannot write its state file", status: 500)
    }
  }

  private func searchActivity(_ call: VendorCall) throws(VendorRefusal) -> JSONValue {
    if settings.limitsRates { try rateLimit.admit(call.key, at: call.now) }
    let search = try ActivitySearch(call.body, now: call.now)
    return search.answer(over: store.messages, delay: settings.activityDelay.inSeconds)
  }
}

/// One authenticated call.
struct VendorCall {
  var requestID: String
  var key: String
  var body: JSONValue
  var byteSize: Int
  var now: Date
}

extension RequestBody {
  /// The whole body; `nil` when it is longer than `limit`. Reads to the end either way, so that the
  /// client can read the answer.
  func collected(upTo limit: Int) async throws -> ByteBuffer? {
    var collected = ByteBuffer()
    var isTooLong = false
    for try await var part in self {
      isTooLong = isTooLong || collected.readableBytes + part.readableBytes > limit
      if isTooLong { collected.clear() } else { collected.writeBuffer(&part) }
    }
    return isTooLong ? nil : collected
  }
}

extension VendorDate {
  /// Cut to what the state file keeps.
  static func wholeMilliseconds(_ instant: Date) -> Date {
    date(milliseconds: milliseconds(instant))
  }
}

extension Duration {
  /// Seconds with their fraction.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
