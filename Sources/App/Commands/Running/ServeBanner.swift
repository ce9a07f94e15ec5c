import ActionProtocol
import Decisions
import Engine
import Insights

/// What a serving process says of itself before it begins.
enum ServeBanner {
  static func rendered(_ settings: Settings, _ organisations: [Organisation]) -> String {
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
    return """
      AIOM \(AIOM.version) carries out approved actions. Ctrl-C stops it.

      \(table.rendered(indent: 2, headings: false))
        An action is sent at most once: its intent is durable (synchronous=FULL) before the first
        byte goes out, and an outcome nobody knows is never repeated by itself.
        What was approved is what is sent; it is checked against the records again just before.
        Looks for work each second.

      """
  }

  private static func delivery(_ settings: Settings) -> String {
    switch settings.delivery {
    case .sandbox: "sandbox: to the local sandbox only"
    case .redirect: "redirect: to the operator's own addresses only"
    case .live: "LIVE: to the customers"
    }
  }
}
