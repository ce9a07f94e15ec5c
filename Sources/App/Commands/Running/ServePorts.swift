import Connectors
import Engine
import Web

/// What the routes of a serving process work with.
struct ServePorts: Sendable {
  let reading: ReadPorts
  let writing: WritePorts

  init(_ house: House, _ readiness: ServeReadiness) {
    let links = UnsubscribeService(house.context)
    reading = ReadPorts(
      health: readiness, metrics: ServeMetrics(house), unsubscribePages: links,
      access: AccessViews(house.access), actions: ActionViews(house.context),
      setup: ServeSetup(house: house), settings: ServeSettings(house: house))
    writing = WritePorts(
      webhooks: WebhookInbox(house.context, reading: SMTP2GOEvents()), unsubscribing: links,
      access: house.access, engine: house.context, policies: PolicyTexts(),
      setup: ServeSetup(house: house), settings: ServeSettings(house: house))
  }
}
