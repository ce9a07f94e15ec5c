import Decisions
import Engine
import Synchronization
import Web

/// Ports that write down every call, and fail when told to.
final class RecordingPorts: Sendable {
  struct Broken: Error {}

  struct Record {
    var reads: [String] = []
    var writes: [String] = []
    var bodies: [[UInt8]] = []
    var contentTypes: [String?] = []
    var isBroken = false
    var isReady = true
    var page = UnsubscribePage(
      organisation: "Harbor & Sons <Ltd>", language: "en", channel: .email, extent: .optional,
      isDone: false)
    var receipt = WebhookReceipt.stored
  }

  /// Made up; they look like ours.
  static let webhookToken = "hook_0123456789abcdefghijklmnopqrstuvwxyz-ABCDE"
  static let linkToken = "link_0123456789abcdefghijklmnopqrstuvwxyz-ABCDE"
  static let authorization = "Bearer a-secret-of-the-provider"

  private let record = Mutex(Record())

  func set(_ change: (inout sending Record) -> Void) { record.withLock { change(&$0) } }

  var reads: [String] { record.withLock(\.reads) }
  var writes: [String] { record.withLock(\.writes) }
  var bodies: [[UInt8]] { record.withLock(\.bodies) }
  var contentTypes: [String?] { record.withLock(\.contentTypes) }

  var reading: ReadPorts { ReadPorts(health: self, metrics: self, unsubscribePages: self) }
  var writing: WritePorts { WritePorts(webhooks: self, unsubscribing: self) }
}

extension RecordingPorts: HealthReading {
  func readiness() async -> [ReadinessCheck] {
    let isReady = record.withLock(\.isReady)
    return [ReadinessCheck("database", isReady: isReady), ReadinessCheck("engine", isReady: true)]
  }
}

extension RecordingPorts: MetricsReading {
  static let figures = "# HELP a_total Help.\n# TYPE a_total counter\na_total 1\n"

  var mediaType: String { "text/plain; version=0.0.4; charset=utf-8" }
  func text() async -> String { Self.figures }
}

extension RecordingPorts: Unsubscribing {
  func page(token: String) async throws -> UnsubscribePage? {
    let (page, isBroken) = record.withLock { record in
      record.reads.append("page \(token)")
      return (record.page, record.isBroken)
    }
    if isBroken { throw Broken() }
    return token == Self.linkToken ? page : nil
  }

  func unsubscribe(token: String, via way: UnsubscribeWay) async throws -> Bool {
    let isBroken = record.withLock { record in
      record.writes.append("unsubscribe \(way.rawValue)")
      if token == Self.linkToken, !record.isBroken { record.page.isDone = true }
      return record.isBroken
    }
    if isBroken { throw Broken() }
    return token == Self.linkToken
  }
}

extension RecordingPorts: WebhookReceiving {
  func door(pathToken: String, authorization: String?) async throws -> WebhookDoor {
    let isBroken = record.withLock { record in
      record.reads.append("door")
      return record.isBroken
    }
    if isBroken { throw Broken() }
    guard pathToken == Self.webhookToken, authorization == Self.authorization else {
      return .locked
    }
    return .open { body, contentType in
      self.record.withLock { record in
        record.writes.append("event")
        record.bodies.append(body)
        record.contentTypes.append(contentType)
        return record.receipt
      }
    }
  }
}
