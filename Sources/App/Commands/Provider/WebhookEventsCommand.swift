import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct WebhookEventsCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Show what the provider has reported, newest first.",
    discussion: Examples.after(
      """
      Everything that came in is kept, also what has a name that nobody knows, what cannot be read,
      and what belongs to no message of this organisation. Recipients and unreadable bodies are
      erased after 90 days; a card (`aiom action show`) has the events of its own message.
      """,
      "aiom smtp2go webhook events", "aiom smtp2go webhook events --stray --limit 20",
      "aiom smtp2go webhook events --json"))

  @Flag(name: .long, help: "Only those that are on no action's timeline, with the reason.")
  var stray = false

  @Option(name: .long, help: "How many at most.")
  var limit = 50

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...10_000).contains(limit) else {
      throw Failure(.usage, "webhook.limit", "--limit must be from 1 to 10000.", remedy: "")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let (org, stray, limit) = (organisation.id, stray, limit)
    let (events, hasEndpoint) = try await house.store.read { store in
      (
        stray
          ? try store.strayEvents(org, limit: limit) : try store.newestEvents(org, limit: limit),
        try !store.webhooks(org).isEmpty
      )
    }
    console.emit(["events": .array(events.map(WebhookEventView.json))])
    guard !events.isEmpty else {
      console.say(WebhookEventView.nothing(stray: stray, hasEndpoint: hasEndpoint))
      return
    }
    let view = WebhookEventView(time: LocalTime(organisation.profile.zone))
    console.show(view.table(events).rendered(style: console.style))
    for line in WebhookEventView.explanations(events) { console.say(line) }
    if events.count == limit { console.say("There may be more: --limit shows up to 10000.") }
  }
}

/// Events of the provider, for people and programs.
struct WebhookEventView {
  let time: LocalTime

  func table(_ events: [StoredEvent]) -> TextTable {
    var table = TextTable([
      .left("RECEIVED"), .left("EVENT"), .left("CHANNEL"), .left("FOR"), .left("ACTION"),
      .left("CODE"),
    ])
    for one in events {
      table.add([
        time.text(one.receivedAt), one.event.name, one.event.channel.rawValue,
        one.event.recipient ?? (one.recipientDigest == nil ? "" : "(erased)"),
        one.operation?.action.rawValue ?? one.place, one.event.code ?? "",
      ])
    }
    return table
  }

  /// What the reasons mean that occur, each once.
  static func explanations(_ events: [StoredEvent]) -> [String] {
    EventAttribution.allCases.compactMap { reason in
      guard events.contains(where: { $0.operation == nil && $0.attribution == reason }) else {
        return nil
      }
      return reason.explanation.map { "\(reason.rawValue): \($0)" }
    }
  }

  static func nothing(stray: Bool, hasEndpoint: Bool) -> String {
    if stray { return "None astray: every report belongs to a message of this organisation." }
    return hasEndpoint
      ? "Nothing has been reported yet. `aiom smtp2go webhook show` compares both sides."
      : "Nothing has been reported: there is no webhook. `aiom smtp2go webhook install` makes one."
  }

  static func json(_ one: StoredEvent) -> JSONValue {
    [
      "id": .string(one.event.eventID), "received_at": .string(one.receivedAt.rfc3339),
      "occurred_at": text(one.event.occurredAt?.rfc3339), "kind": .string(one.event.kind.rawValue),
      "name": .string(one.event.name), "channel": .string(one.event.channel.rawValue),
      "state": .string(one.state.rawValue), "attribution": text(one.attribution?.rawValue),
      "action_id": text(one.operation?.action.rawValue),
      "operation": text(one.operation?.rawValue), "provider_id": text(one.event.providerID),
      "recipient": text(one.event.recipient),
      "recipient_digest": text(one.recipientDigest?.hex), "code": text(one.event.code),
      "body": text(one.body.map { DisplayText.line(String(decoding: $0, as: UTF8.self)) }),
    ]
  }

  private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}

extension StoredEvent {
  /// Where an event stands that is on no timeline.
  fileprivate var place: String {
    switch state {
    case .new: "(not looked at yet)"
    case .waiting: "(waits for its message)"
    case .done: "(\(attribution?.rawValue ?? "nowhere"))"
    }
  }
}

extension EventAttribution {
  /// Whether a person should know that it happens.
  var asksForAttention: Bool {
    switch self {
    case .operation, .providerID, .address, .foreign: false
    case .unknownOperation, .unmatched, .unreadable: true
    }
  }

  /// Why an event is on no timeline; nil where it is on one.
  fileprivate var explanation: String? {
    switch self {
    case .operation, .providerID: nil
    case .address: "an opt-out from a number that was texted; it has made a suppression."
    case .foreign: "a message of another organisation of this database; its recipient is not kept."
    case .unknownOperation:
      "it names a call that this database does not know: another installation with the same "
        + "account, or a backup that was restored."
    case .unmatched:
      "no message with its id was sent from here within five days: another program of the account."
    case .unreadable:
      "the body could not be read; --json has its beginning. Report what it is, please."
    }
  }
}
