import ActionProtocol
import Engine
import Foundation
import TestSupport
import Testing

/// Random sequences of what can happen, done to the engine and to a dictionary of a hundred lines:
/// after every step both say the same. A sequence that fails is shortened before it is reported.
@Suite struct ModelTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
  static let seeds: [UInt64] = (isSoak ? Array(1...200) : Array(1...10)) + extra
  private static let extra =
    ProcessInfo.processInfo.environment["AIOM_TEST_SEED"].flatMap { UInt64($0) }.map { [$0] } ?? []

  @Test(arguments: seeds)
  func `the engine and the dictionary agree after every step`(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    // Everything begins with something to decide about.
    let beginning = (0..<ModelCommand.actions).map { ModelCommand.propose($0) }
    let commands = beginning + ModelCommand.sequence(60, &generator)
    guard let found = try await difference(commands) else { return }
    let shortest = try await shortened(commands)
    let words = shortest.map(\.description).joined(separator: "\n  ")
    let last = try await difference(shortest) ?? found
    Issue.record("seed \(seed): \(last)\nafter\n  \(words)")
  }

  @Test func `a hundred lines would notice a second message`() async throws {
    // The dictionary is told nothing of one run: it has to disagree.
    var model = ActionModel()
    let world = try await ModelWorld()
    for command in [ModelCommand.propose(0), .approve(0)] {
      model.apply(command)
      _ = try await world.apply(command, due: 0, seen: nil)
    }
    #expect(try await disagreement(model, world) == nil)
    _ = try await world.apply(.run([.accept, .accept, .accept]), due: 1, seen: nil)
    #expect(try await disagreement(model, world) != nil)
    await world.close()
  }

  // MARK: - Comparing

  /// The first difference, or nil.
  private func difference(_ commands: [ModelCommand]) async throws -> String? {
    var model = ActionModel()
    let world = try await ModelWorld()
    var found: String?
    for (step, command) in commands.enumerated() {
      let (due, seen) = (model.due.count, operation(command, model, world))
      let wanted = model.apply(command)
      do {
        let done = try await world.apply(command, due: due, seen: seen)
        found = done == wanted ? try await disagreement(model, world) : "refused: \(!done)"
      } catch {
        found = "\(error)"
      }
      if let words = found {
        found = "step \(step + 1), \(command): \(words)"
        break
      }
    }
    await world.close()
    return found
  }

  /// The call that a webhook is about.
  private func operation(
    _ command: ModelCommand, _ model: ActionModel, _ world: ModelWorld
  ) -> OperationID? {
    guard case .webhook(let number) = command, let id = world.provider.ids[number] else {
      return nil
    }
    return world.provider.seen.last { $0.action == id }
  }

  private func disagreement(_ model: ActionModel, _ world: ModelWorld) async throws -> String? {
    let states = try await world.states()
    let seen = Dictionary(grouping: world.provider.seen, by: \.action)
    guard Set(states.keys) == Set(model.entries.keys) else { return "other actions exist" }
    for (number, entry) in model.entries.sorted(by: { $0.key < $1.key }) {
      guard let state = states[number] else { return "action \(number) is gone" }
      let isUnknown = state.hold?.reason == .outcomeUnknown
      let messages = seen[state.id]?.count ?? 0
      let engine = "\(state.status) \(state.revision) \(state.calls) \(isUnknown) \(messages)"
      let dictionary =
        "\(entry.status) \(entry.revision) \(entry.calls.count) \(entry.isUnknown) \(entry.messages)"
      if engine != dictionary {
        return "action \(number): the engine has \(engine), the dictionary \(dictionary)"
      }
      // G1, whatever the dictionary says: never more messages than somebody asked for.
      if messages > entry.wanted { return "action \(number): \(messages) messages" }
    }
    return nil
  }

  // MARK: - Shortening

  /// Leaves out whatever can be left out while the sequence still fails.
  private func shortened(_ commands: [ModelCommand]) async throws -> [ModelCommand] {
    var shortest = commands
    var length = max(1, commands.count / 2)
    while length >= 1 {
      var start = 0
      while start < shortest.count {
        var shorter = shortest
        shorter.removeSubrange(start..<min(start + length, shortest.count))
        if try await difference(shorter) != nil { shortest = shorter } else { start += length }
      }
      length /= 2
    }
    return shortest
  }
}
