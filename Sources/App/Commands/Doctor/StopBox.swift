import Engine

/// The box about emergency stops.
enum StopBox {
  static func look(_ house: House) async -> Box {
    let title = "Emergency stop"
    do {
      let stops = try await EmergencyStop(house.context).current()
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
