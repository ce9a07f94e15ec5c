import ActionProtocol
import Engine
import Web

/// The boxes of `aiom doctor` for the page about setting up; the provider is not asked.
struct ServeSetup: SetupReading {
  let house: House

  func groups(_ org: OrgID) async throws -> [SetupGroup] {
    let organisation = try await house.store.read { try $0.organisation(org) }
    let installation = await InstallationBoxes.look(
      house, organisation, completed: Self.mostCompleted)
    let account = AccountBoxes(settings: house.settings, organisation: organisation, probe: nil)
    let unasked = Set(account.all.filter { $0.state == .cannotTell }.map(\.id))
    return [
      group("Installation", installation.boxes),
      group("Account", account.all.filter { !unasked.contains($0.id) }),
      group("Tried and seen with your own eyes", installation.trials),
    ]
  }

  /// Among so many of the newest completed actions real messages are looked for.
  private static let mostCompleted = 200

  private func group(_ title: String, _ boxes: [Box]) -> SetupGroup {
    SetupGroup(
      title: title,
      lines: boxes.map { box in
        SetupLine(
          id: box.id, title: box.title,
          state: SetupLine.State(rawValue: box.state.rawValue) ?? .skipped,
          found: box.found, fix: box.fix, isOptional: box.isOptional)
      })
  }
}
