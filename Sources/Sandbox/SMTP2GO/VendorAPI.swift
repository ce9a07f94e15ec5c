import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The vendor's side of the sandbox: one request in, one answer out.
struct VendorAPI: Sendable {
  let keys: VendorKeys
  let postRoom: PostRoom
  let faults: FaultSwitch
  let settings: SandboxSettings
  let statistics: RequestStatistics
  let limiter = RateLimiter()

  var store: MailboxStore { postRoom.store }

  /// Answers a request, unless a fault cuts or hangs the connection.
  ///
  /// - Parameter region: the one in the request's address; `nil` for the global one.
  func respond(
    to request: Request, at path: String, region: String?, on connection: SandboxConnection
  ) async throws -> Response {
    guard let endpoint = VendorEndpoint(rawValue: path) else {
      return Response(status: .notFound)
    }
    guard request.method == .post else {
      return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
    }
    let files = RequestFiles(spool: store.spool)
    defer { files.discard() }
    guard let (bytes, size) = try await body(of: request, endpoint, files) else {
      statistics.count(endpoint, .refused)
      return .proxyPage(.contentTooLarge)
    }
    postRoom.settle()
    let body = try? JSONReader.parse(bytes.readableBytesView)
    let claim = faults.claim(
      path: path, requested: RequestedFault.find(request.headers, body))
    if let claim, claim.fault.phase == .before {
      statistics.count(endpoint, .faulted)
      return try await connection.strike(claim.fault, before: request)
    }
    let call = Incoming(
      endpoint: endpoint, headers: request.headers, body: body, byteSize: size, region: region,
      files: files,
      trackingFaults: claim.map { $0.fault.phase == .tracking ? [$0.fault] : [] } ?? [])
    return try await finish(answer(call), of: endpoint, claim, on: connection)
  }

  private func body(
    of request: Request, _ endpoint: VendorEndpoint, _ files: RequestFiles
  ) async throws -> (body: ByteBuffer, size: Int)? {
    if endpoint.carriesFiles {
      return try await BodyReader.read(
        request.body, limit: endpoint.bodyLimit, spool: store.spool, files: files)
    }
    let body = try await request.body.collected(upTo: endpoint.bodyLimit)
    return body.map { ($0, $0.readableBytes) }
  }

  private func finish(
    _ answer: VendorAnswer, of endpoint: VendorEndpoint, _ claim: FaultSwitch.Claim?,
    on connection: SandboxConnection
  ) async throws -> Response {
    let isAccepted = answer.status == .ok
    statistics.count(endpoint, isAccepted ? .accepted : .refused)
    guard let claim else { return answer.response }
    guard isAccepted else {
      faults.release(claim)
      return answer.response
    }
    return try await connection.strike(
      claim.fault, after: answer, pause: settings.values.slowByteInterval)
  }

  private struct Incoming {
    var endpoint: VendorEndpoint
    var headers: HTTPFields
    var body: JSONValue?
    var byteSize: Int
    var region: String?
    var files: RequestFiles
    var trackingFaults: [SandboxFault]
  }

  private func answer(_ incoming: Incoming) -> VendorAnswer {
    let requestID = Identifiers.uuid()
    do throws(VendorRefusal) {
      guard let body = incoming.body, body.members != nil else { throw .payload() }
      let key = try keys.authenticate(incoming.headers, body, region: incoming.region)
      try keys.authorize(key, for: incoming.endpoint)
      let call = VendorCall(
        requestID: requestID, key: key, body: body, byteSize: incoming.byteSize,
        now: postRoom.now, files: incoming.files, trackingFaults: incoming.trackingFaults)
      let standing = try admit(call, incoming.endpoint)
      var answer = VendorAnswer(
        requestID: requestID, data: try data(incoming.endpoint, call))
      if let standing { answer.headers = standing.headers }
      return answer
    } catch {
      return VendorAnswer(requestID: requestID, refusal: error)
    }
  }

  /// The limits: a key's own for sends, 60 a minute for activity search.
  private func admit(
    _ call: VendorCall, _ endpoint: VendorEndpoint
  ) throws(VendorRefusal) -> RateLimiter.Standing? {
    let key = call.key.key
    if endpoint == .activitySearch, settings.limitsRates {
      let result = limiter.admit("activity " + key, requests: 60, seconds: 60, at: call.now)
      guard result.isAdmitted else { throw .rateLimited(60, seconds: 60) }
    }
    guard VendorEndpoint.sending.contains(endpoint.rawValue), let limit = call.key.limit else {
      return nil
    }
    let result = limiter.admit(
      "send " + key, requests: limit.requests, seconds: limit.seconds, at: call.now)
    guard result.isAdmitted else { throw .keyLimited(result.standing) }
    return result.standing
  }

  private func data(
    _ endpoint: VendorEndpoint, _ call: VendorCall
  ) throws(VendorRefusal) -> JSONValue {
    switch endpoint {
    case .emailSend: try sendEmail(call)
    case .emailMIME: try sendMIME(call)
    case .emailBatch: try sendBatch(call)
    case .scheduledSearch: try ScheduledCalls(call, postRoom).search()
    case .scheduledRemove: try ScheduledCalls(call, postRoom).remove()
    case .smsSend: try sendSMS(call)
    case .smsViewSent: try SMSViews(call, store).sent()
    case .smsViewReceived: try SMSViews(call, store).received()
    case .smsSummary: try SMSViews(call, store).summary()
    case .activitySearch: try searchActivity(call)
    case .archiveSearch: try ArchiveCalls(call, store).search()
    case .archiveEmail: try ArchiveCalls(call, store).email()
    case .keyPermissions: JSONValue(VendorKeys.permissions(of: call.key))
    case .singleSendersView:
      AccountViews.singleSenders(store.account(\.senders), requestID: call.requestID)
    case .domainView: AccountViews.domains(store.account(\.domains))
    case .domainVerify: try AccountViews.verification(of: call, store.account(\.domains))
    default: try records(endpoint, call)
    }
  }

  private func records(
    _ endpoint: VendorEndpoint, _ call: VendorCall
  ) throws(VendorRefusal) -> JSONValue {
    switch endpoint {
    case .suppressionAdd: try SuppressionCalls(call, store).add()
    case .suppressionView: try SuppressionCalls(call, store).view()
    case .suppressionRemove: try SuppressionCalls(call, store).remove()
    case .webhookAdd: try WebhookCalls(call, store).add()
    case .webhookView: WebhookCalls(call, store).view()
    case .webhookEdit: try WebhookCalls(call, store).edit()
    case .webhookRemove: try WebhookCalls(call, store).remove()
    case .templateAdd: try TemplateCalls(call, store).add()
    case .templateEdit: try TemplateCalls(call, store).edit()
    case .templateDelete: try TemplateCalls(call, store).delete()
    case .templateSearch: try TemplateCalls(call, store).search()
    case .templateView: try TemplateCalls(call, store).view()
    default: try StatisticsCalls(call, store).answer(endpoint)
    }
  }
}

/// One authenticated call.
struct VendorCall {
  var requestID: String
  var key: SandboxKey
  var body: JSONValue
  /// Of the whole body, with its files.
  var byteSize: Int
  var now: Date
  var files: RequestFiles
  /// What shall go wrong when others are told of the message.
  var trackingFaults: [SandboxFault]

  var payload: PayloadReader { PayloadReader(body: body) }
}

extension MailboxStore {
  /// `record`, with the vendor's answer when it fails: what cannot be kept is not accepted.
  func keep(_ record: StateRecord) throws(VendorRefusal) {
    do {
      try self.record(record)
    } catch {
      throw .unwritable
    }
  }
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
