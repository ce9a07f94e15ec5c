import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import TestSupport

/// Reads bodies that tests write: `id;kind;provider id;echo;recipient;time;code`, empty where nothing.
struct LineReading: ProviderEventReading {
  func read(
    _ body: [UInt8], contentType: String?
  ) throws(ProviderEventFault) -> ProviderEvent {
    let parts = String(decoding: body, as: UTF8.self)
      .split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? nil : String($0) }
    guard parts.count == 7, let id = parts[0], let name = parts[1] else {
      throw ProviderEventFault(code: "event.line")
    }
    return ProviderEvent(
      eventID: id, kind: ProviderEvent.Kind(rawValue: name) ?? .unknown, name: name,
      channel: name.hasPrefix("sms") ? .sms : .email, providerID: parts[2],
      operation: parts[3].flatMap { OperationEcho.read($0) }, recipient: parts[4],
      occurredAt: parts[5].flatMap { Instant(rfc3339: $0) }, code: parts[6])
  }
}

/// A post in the words of ``LineReading``.
struct Post: Sendable {
  var id: String
  var kind: String
  var provider: String?
  var echo: OperationID?
  var recipient: String? = "billing@acmecorp.com"
  var time: String? = "2026-03-04T15:00:05Z"
  var code: String?

  var body: [UInt8] {
    let parts = [id, kind, provider, echo?.rawValue, recipient, time, code]
    return Array(parts.map { $0 ?? "" }.joined(separator: ";").utf8)
  }
}

extension EngineHouse {
  var inbox: WebhookInbox { WebhookInbox(context, reading: LineReading()) }
  var tracking: TrackingService { TrackingService(context) }

  /// The org's endpoint, made when there is none.
  func endpoint() async throws -> WebhookEndpoint {
    let endpoints = WebhookEndpoints(context)
    if let known = try await endpoints.list(org).first { return known }
    return try await endpoints.create(org, scheme: .bearer, by: .tester, via: "test").endpoint
  }

  /// Takes posts and works them off.
  @discardableResult
  func arrive(_ posts: Post...) async throws -> [WebhookInbox.Receipt] {
    let receipts = try await take(posts)
    try await tracking.workOff()
    return receipts
  }

  func take(_ posts: [Post]) async throws -> [WebhookInbox.Receipt] {
    let endpoint = try await endpoint()
    var receipts: [WebhookInbox.Receipt] = []
    for post in posts {
      receipts.append(try await inbox.take(post.body, contentType: nil, at: endpoint))
    }
    return receipts
  }

  func events(_ id: ActionID) async throws -> [ActionEvent] {
    let org = org
    return try await store.read { try $0.events(org, id) }
  }

  func suppressions(
    _ address: String = "billing@acmecorp.com", _ channel: OutreachChannel = .email
  ) async throws -> [Suppression] {
    let org = org
    return try await store.read {
      try $0.suppressions(org, channel, of: [AddressDigest.of(address, channel)], at: $0.now)
    }
  }

  func attempts(_ id: ActionID) async throws -> [AttemptRecord] {
    let org = org
    return try await store.read { try $0.attempts(org, id) }
  }

  func strays() async throws -> [StoredEvent] {
    let org = org
    return try await store.read { try $0.strayEvents(org, limit: 100) }
  }

  /// The echo of an action's call.
  func echo(_ id: ActionID, revision: Int = 1, call: Int = 1) -> OperationID {
    OperationID(action: id, revision: revision, call: call)
  }

  /// One reminder that the provider accepted.
  func accepted() async throws -> ActionID {
    let id = try await propose()
    try await approve(id)
    try await run()
    return id
  }

  /// One reminder whose call ended without an answer.
  func unknown(_ outcome: CallOutcome = .unknown(code: "deadline")) async throws -> ActionID {
    channel.answer(with: outcome)
    return try await accepted()
  }
}
