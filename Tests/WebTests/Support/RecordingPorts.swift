import ActionProtocol
import Connectors
import Credentials
import Decisions
import Engine
import Insights
import Logging
import Synchronization
import TestSupport
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

  var reading: ReadPorts {
    ReadPorts(
      health: self, metrics: self, unsubscribePages: self, access: AccessViews(NoStore.access),
      actions: ActionViews(NoStore.engine), setup: self, settings: self)
  }
  var writing: WritePorts {
    WritePorts(
      webhooks: self, unsubscribing: self, access: NoStore.access, engine: NoStore.engine,
      policies: PolicyTexts(), setup: self, settings: self)
  }
}

extension RecordingPorts: HealthReading {
  func readiness() async -> [ReadinessCheck] {
    let isReady = record.withLock(\.isReady)
    return [ReadinessCheck("database", isReady: isReady), ReadinessCheck("engine", isReady: true)]
  }
}

extension RecordingPorts: SetupReading {
  /// One of each state; the last one is a person's.
  func groups(_ org: OrgID) async throws -> [SetupGroup] {
    let states: [(String, SetupLine.State)] = [
      ("configuration", .ok), ("sender", .missing), ("email_received", .cannotTell),
    ]
    return [
      SetupGroup(
        title: "Installation",
        lines: states.map { id, state in
          SetupLine(
            id: id, title: id, state: state, found: "found <\(id)>", fix: "fix \(id)",
            isOptional: false)
        })
    ]
  }
}

extension RecordingPorts: OrganisationSettings {
  func channels(_ organisation: Organisation) -> [ChannelLine] {
    [
      ChannelLine(name: "E-mail", isConfigured: true, words: "key <set>"),
      ChannelLine(name: "SMS", isConfigured: false, words: "no key"),
    ]
  }

  func groups(_ organisation: Organisation) -> [SettingGroup] {
    [
      SettingGroup(
        title: "Hours",
        fields: [
          SettingField(
            name: "undo_seconds", label: "Undo", value: String(organisation.undoSeconds),
            hint: "0 to 3600."),
          SettingField(name: "days", label: "Days", value: "1-5", hint: "1-7."),
        ])
    ]
  }

  /// Takes numbers, and writes down what it took.
  func change(
    _ org: OrgID, _ values: [String: String], by author: Author, via: String
  ) async throws {
    let wrong = values.filter { Int($0.value) == nil }.map { ($0.key, "must be a number") }
    guard wrong.isEmpty else { throw SettingFault(wrong.map { (field: $0.0, text: $0.1) }) }
    let words = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    set { $0.writes.append("\(author.rawValue) \(via) \(words.joined(separator: " "))") }
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

/// A store that nothing may touch.
struct NoStore: StorePort {
  static let access = AccessContext(
    store: NoStore(), entropy: .system, crypto: SystemCredentials.crypto(key: { [] }))

  /// Nothing of it but the store is ever reached.
  static let engine = EngineContext(
    store: NoStore(), channels: ScriptedChannel(), blobs: NoBlobs(), drafting: NoDrafting(),
    liveness: NoLiveness(), entropy: .system, configuration: EngineConfiguration(),
    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
  ) async throws -> Value { throw RecordingPorts.Broken() }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReading) throws -> Value
  ) async throws -> Value { throw RecordingPorts.Broken() }
}

/// Never asked: what a listener does needs no lease.
private struct NoLiveness: LivenessPort {
  var kernelBoot: String { "" }
  func monotonicNow() -> Int64 { 0 }
  func hold(_ boot: BootID) async throws { throw RecordingPorts.Broken() }
  func release(_ boot: BootID) async {}
  func isFree(_ boot: BootID) async -> Bool { false }
  func isHeld(_ boot: BootID) -> Bool { false }
}

private struct NoDrafting: MessageDrafting {
  func resolvedLanguage(_ template: String, wanted language: String) -> String { language }
  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    throw DraftingError(code: "template.unknown", template: template, detail: "none here")
  }
}
