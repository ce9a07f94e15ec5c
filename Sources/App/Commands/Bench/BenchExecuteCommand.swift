import ArgumentParser
import Foundation
import Logging

/// The child of `bench pipeline`.
struct BenchExecuteCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "execute", abstract: "The measured part of bench pipeline.",
    shouldDisplay: false)

  @Option(name: .long, help: "The benchmark's directory.")
  var home: String

  @Option(name: .long, help: "The provider, on loopback.")
  var url: String

  @Option(name: .long, help: "Calls under way at once.")
  var calls = 128

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    // Its address may contain a password: it is no argument, which everybody can read.
    let place = BenchPlace(
      home: home, database: ProcessInfo.processInfo.environment[BenchPlace.variable],
      provider: url, calls: calls)
    let house = try await Composition.open(place.settings(), level: .error)
    let result = try await BenchExecution.measure(house)
    console.emit(result.json)
    console.say("\(result.completed) completed in \(result.seconds) s")
  }
}
