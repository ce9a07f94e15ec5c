import ActionProtocol
import Decisions
import Engine
import Insights
import Web

/// What a serving process says of itself once it is there.
enum ServeBanner {
  static func rendered(
    _ settings: Settings, _ organisations: [Organisation], _ places: [ListenerRole: String]
  ) -> String {
    var table = TextTable([.left(""), .left("")])
    for one in organisations {
      table.add(["organisation", "\(one.id.rawValue) (\(one.profile.name), \(one.mode.rawValue))"])
    }
    table.add(["delivery", delivery(settings)])
    table.add(["provider", Composition.providerAddress(settings)])
    table.add(["database", settings.database])
    table.add([
      "limits", "\(settings.workers) calls at a time, lease \(settings.leaseSeconds) s",
    ])
    table.add(["private", places[.private] ?? "off"])
    table.add(["public", publicPlace(settings, places)])
    return """
      AIOM \(AIOM.version) carries out approved actions. Ctrl-C stops it.

      \(table.rendered(indent: 2, headings: false))
        An action is sent at most once: its intent is durable (synchronous=FULL) before the first
        byte goes out, and an outcome nobody knows is never repeated by itself.
        What was approved is what is sent; it is checked against the records again just before.
        Looks for work each second.

      """
  }

  /// The link by which the first owner signs up; nothing where there is a person already.
  static func signUp(_ link: String?, _ places: [ListenerRole: String]) -> String {
    guard let address = address(ofLink: link, places) else { return "" }
    return """
        Nobody has signed up yet. Become the owner here, within an hour; the link works once:

          \(address)


      """
  }

  private static func address(
    ofLink link: String?, _ places: [ListenerRole: String]
  ) -> String? {
    guard let link, let place = places[.private] else { return nil }
    return "\(place)/join/\(link)"
  }

  /// - Parameter signUp: the first owner's link, where nobody has signed up yet.
  static func json(
    _ settings: Settings, _ organisations: [Organisation], _ places: [ListenerRole: String],
    _ signUp: String? = nil
  ) -> JSONValue {
    [
      "serving": .array(organisations.map { .string($0.id.rawValue) }),
      "delivery": .string(settings.delivery.rawValue),
      "database": .string(settings.database),
      "provider": .string(Composition.providerAddress(settings)),
      "listening": [
        "private": places[.private].map { .string($0) } ?? .null,
        "public": places[.public].map { .string($0) } ?? .null,
      ],
      "public_url": settings.serving.publicURL.map { .string($0) } ?? .null,
      "sign_up": address(ofLink: signUp, places).map { .string($0) } ?? .null,
    ]
  }

  private static func publicPlace(
    _ settings: Settings, _ places: [ListenerRole: String]
  ) -> String {
    guard let place = places[.public] else { return "off" }
    guard let url = settings.serving.publicURL else {
      return "\(place); without AIOM_PUBLIC_URL no link and no webhook leads here"
    }
    return "\(place), from outside \(url)"
  }

  private static func delivery(_ settings: Settings) -> String {
    switch settings.delivery {
    case .sandbox: "sandbox: to the local sandbox only"
    case .redirect: "redirect: to the operator's own addresses only"
    case .live: "LIVE: to the customers"
    }
  }
}
