import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Posts events to the webhooks that asked for them: eight messages at a time, each message's events
/// in order, and again later what was not taken.
final class WebhookCourier: Sendable {
  private struct State {
    var queue = WebhookQueue()
    var log = WebhookLog()
    /// Parcels that are being posted.
    var active = 0
    var wake: AsyncStream<Void>.Continuation?
    var timer: ContinuousClock.Instant?
  }

  private static let parallel = 8

  private let state = Mutex(State())
  private let store: MailboxStore
  private let settings: SandboxSettings
  private let clock: @Sendable () -> Date

  init(
    store: MailboxStore, settings: SandboxSettings, clock: @escaping @Sendable () -> Date
  ) {
    self.store = store
    self.settings = settings
    self.clock = clock
  }

  // MARK: - What to tell

  /// Queues a mail's events for every webhook that wants them.
  func tell(_ events: [SandboxEvent], of message: SandboxMessage, webhooks: [SandboxWebhook]) {
    guard !webhooks.isEmpty else { return }
    var news = events.filter { $0.name != .processed }.map { event in
      WebhookEvent(news: .mail(message, event))
    }
    if events.contains(where: { $0.name == .processed }) {
      news.insert(WebhookEvent(news: .processed(message)), at: 0)
    }
    queue(
      news, faults: message.trackingFaults, webhooks: webhooks, isSMS: false,
      username: message.keyUsername)
  }

  /// Queues a text message's events.
  func tell(of message: SandboxSMS, webhooks: [SandboxWebhook]) {
    guard !webhooks.isEmpty else { return }
    queue(
      message.eventNames.map { WebhookEvent(news: .sms(message, $0)) },
      faults: message.trackingFaults, webhooks: webhooks, isSMS: true,
      username: message.keyUsername)
  }

  private func queue(
    _ news: [WebhookEvent], faults: [SandboxFault], webhooks: [SandboxWebhook], isSMS: Bool,
    username: String
  ) {
    guard !faults.contains(.webhookNever) else { return }
    let values = settings.values
    let copies = faults.contains(.webhookDuplicate) ? 2 : max(1, values.webhookCopies)
    let isReversed = faults.contains(.webhookReorder) || values.webhookReorders
    for webhook in webhooks {
      var events = news.filter { webhook.wants($0.name, isSMS: isSMS, of: username) }
        .flatMap { Array(repeating: $0, count: copies) }
      guard !events.isEmpty else { continue }
      if isReversed { events.reverse() }
      let parcel = WebhookQueue.Parcel(webhookID: webhook.id, events: events)
      state.withLock { state in
        if faults.contains(.webhookLate) {
          state.queue.add(parcel, due: .now.advanced(by: values.lateness))
        } else {
          state.queue.add(parcel)
        }
        state.wake?.yield()
      }
    }
  }

  // MARK: - What became of it

  struct Report: Sendable {
    var pending: Int
    var waiting: Int
    var forgotten: Int
    var log: WebhookLog
  }

  var report: Report {
    state.withLock { state in
      Report(
        pending: state.queue.eventCount + state.active, waiting: state.queue.waitingCount,
        forgotten: state.queue.forgotten, log: state.log)
    }
  }

  /// Posts at once what waits to be posted again.
  func hurry() {
    state.withLock { state in
      state.queue.hurry()
      state.wake?.yield()
    }
  }

  /// Forgets what is not yet posted, and what was.
  func clear() {
    state.withLock { state in
      state.queue.removeAll()
      state.log = WebhookLog()
    }
  }

  // MARK: - Posting

  /// Posts until cancelled. What is under way then stays unposted.
  func run() async {
    let client = HTTPClient(configuration: Self.configuration)
    let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    state.withLock { state in
      state.wake = wake
      state.timer = nil
      wake.yield()
    }
    await withDiscardingTaskGroup { group in
      for await _ in wakes {
        while let parcel = take() {
          group.addTask { await self.deliver(parcel, by: client) }
        }
        if let due = nextTimer() {
          group.addTask {
            try? await Task.sleep(until: due, clock: .continuous)
            self.ring(due)
          }
        }
      }
      group.cancelAll()
    }
    state.withLock { $0.wake = nil }
    try? await client.shutdown()
  }

  private static var configuration: HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .seconds(5)
    // A refused connection is a failed attempt; trying again is for the pace of retries.
    configuration.connectionPool.retryConnectionEstablishment = false
    // Whatever a resolver says, this name is this machine.
    configuration.dnsOverride = ["localhost": "127.0.0.1"]
    configuration.proxy = nil
    return configuration
  }

  private func take() -> WebhookQueue.Parcel? {
    state.withLock { state in
      guard state.active < Self.parallel, let parcel = state.queue.next(at: .now) else {
        return nil
      }
      state.active += 1
      return parcel
    }
  }

  /// When to look again, unless a timer is set for that moment or an earlier one.
  private func nextTimer() -> ContinuousClock.Instant? {
    state.withLock { state in
      guard let due = state.queue.nextDue, state.timer.map({ due < $0 }) ?? true else {
        return nil
      }
      state.timer = due
      return due
    }
  }

  private func ring(_ due: ContinuousClock.Instant) {
    state.withLock { state in
      if state.timer == due { state.timer = nil }
      state.wake?.yield()
    }
  }

  private func deliver(_ parcel: WebhookQueue.Parcel, by client: HTTPClient) async {
    for event in parcel.events {
      let webhook = store.account { account in
        account.webhooks.first { $0.id == parcel.webhookID }
      }
      // It was removed while the event waited.
      guard let webhook, !Task.isCancelled else { break }
      let status = await post(event, to: webhook, by: client)
      settle(event, of: parcel, status: status)
    }
    state.withLock { state in
      state.active -= 1
      state.wake?.yield()
    }
  }

  private enum Answer {
    case status(Int)
    case nothing
    case notLoopback
  }

  private func settle(_ event: WebhookEvent, of parcel: WebhookQueue.Parcel, status: Answer) {
    let failures = parcel.failures + 1
    var attempt = WebhookAttempt(
      webhookID: parcel.webhookID, eventID: event.id, event: event.name,
      messageID: event.messageID, number: failures, date: clock(), status: nil, outcome: .failed)
    var wait: Duration?
    switch status {
    case .status(let code) where (200..<300).contains(code):
      attempt.status = code
      attempt.outcome = .delivered
    case .notLoopback: attempt.outcome = .notLoopback
    case .status, .nothing:
      if case .status(let code) = status { attempt.status = code }
      wait = RetryPace.wait(after: failures, scale: settings.values.webhookRetryScale)
      if wait == nil { attempt.outcome = .givenUp }
    }
    state.withLock { state in
      state.log.add(attempt)
      guard let wait else { return }
      state.queue.add(
        WebhookQueue.Parcel(
          webhookID: parcel.webhookID, events: [event], failures: failures),
        due: .now.advanced(by: wait))
    }
  }

  private func post(
    _ event: WebhookEvent, to webhook: SandboxWebhook, by client: HTTPClient
  ) async -> Answer {
    guard let address = LoopbackAddress(webhook.url) else { return .notLoopback }
    let members = event.members(
      echoing: webhook.headers, spelling: settings.values.webhookSpelling)
    var request = HTTPClientRequest(url: address.url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: WebhookBody.contentType(webhook.format))
    if let value = authorization(webhook, address) {
      request.headers.add(name: "Authorization", value: value)
    }
    request.body = .bytes(ByteBuffer(bytes: WebhookBody.bytes(members, webhook.format)))
    do {
      // The vendor gives up after ten seconds without the head of an answer.
      let response = try await client.execute(request, timeout: .seconds(10))
      for try await _ in response.body {}
      return .status(Int(response.status.code))
    } catch {
      return .nothing
    }
  }

  private func authorization(
    _ webhook: SandboxWebhook, _ address: LoopbackAddress
  ) -> String? {
    switch webhook.authentication {
    case .bearer: "Bearer " + webhook.credential
    case .basic: "Basic " + webhook.credential
    case .none: address.basicCredential.map { "Basic " + $0 }
    }
  }
}
