import ActionProtocol
import Engine

/// The box about emergency stops.
enum StopBox {
  /// - Parameter org: whose stops; nil: all of them.
  static func look(_ house: House, _ org: OrgID?) async -> Box {
    let title = "Emergency stop"
    do {
      let stops = try await EmergencyStop(house.context).current().filter { stop in
        org.map { stop.scope.covers($0) } ?? true
      }
      guard !stops.isEmpty else { return Box("stop", title, .ok, "nothing is stopped") }
      return Box(
        "stop", title, .missing, stops.map(StopView.sentence).joined(separator: "; "),
        fix: "`aiom resume` lifts it; with --org that of one organisation.")
    } catch {
      return Box(
        "stop", title, .cannotTell, Failure(explaining: error).message, fix: "`aiom migrate`.")
    }
  }
}
