import ActionProtocol
import Addressing
import Decisions
import Engine
import Web

/// How persons are shown.
enum PersonView {
  static func json(_ card: PersonCard) -> JSONValue {
    [
      "person": .string(card.person.id.rawValue), "name": .string(card.person.name),
      "email": card.person.email.map { .string($0.rawValue) } ?? .null,
      "phone": card.person.phoneText.map { .string($0) } ?? .null,
      "active": .bool(card.person.isActive),
      "roles": .object(
        JSONObject(
          card.roles.sorted { $0.key < $1.key }
            .map { ($0.key.rawValue, .array($0.value.map { .string($0.rawValue) })) })),
      "password": .bool(card.hasPassword), "codes": .bool(card.hasCodes),
      "passkeys": .integer(Int64(card.passkeys.count)),
      "sessions": .integer(Int64(card.sessions)),
      "created_at": .string(card.person.createdAt.rfc3339),
    ]
  }

  static func table(_ cards: [PersonCard], in org: OrgID) -> TextTable {
    var table = TextTable([
      .left("PERSON"), .left("NAME"), .left("ROLES"), .left("STATE"), .left("SECOND FACTOR"),
    ])
    for card in cards {
      let roles = (card.roles[org] ?? []).map(\.rawValue).joined(separator: ", ")
      table.add([card.person.id.rawValue, card.person.name, roles, state(card), factor(card)])
    }
    return table
  }

  static func state(_ card: PersonCard) -> String {
    guard card.person.isActive else { return "disabled" }
    return card.hasPassword ? "active" : "has not set a password yet"
  }

  static func factor(_ card: PersonCard) -> String {
    let factors =
      (card.hasCodes ? ["codes"] : []) + (card.passkeys.isEmpty ? [] : ["passkey"])
    return factors.isEmpty ? "none" : factors.joined(separator: ", ")
  }

  /// Where a link leads, and what else it is good for. It is shown once.
  static func say(
    _ link: String, for span: String = "three days", _ settings: Settings, _ console: Console
  ) {
    console.say("Give this link to them; it works once, for \(span):")
    console.say("  \(address(of: link, settings))")
    console.say("Or they run `aiom person accept`, and paste its last part: \(link)")
  }

  /// On the private listener: nobody signs in from outside.
  static func address(of link: String, _ settings: Settings) -> String {
    guard case .at(let place) = settings.serving.listen else { return "/join/\(link)" }
    let isTLS = settings.serving.tls != nil && !place.isLoopback
    return "\(isTLS ? "https" : "http")://\(place)/join/\(link)"
  }
}
