import ArgumentParser
import Logging

/// The child of `bench pipeline`.
struct BenchExecuteCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "execute", abstract: "The measured part of bench pipeline.",
    shouldDisplay: false)

  @Option(name: .long, help: "The benchmark's directory.")
  var home: String

  @Option(name: .long, help: "The sandbox, on loopback.")
  var url: String

  @Option(name: .long, help: "Calls under way at once.")
  var workers = 128

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let settings = try BenchExecution.settings(home: home, url: url, workers: workers)
    let house = try await Composition.open(settings, level: .error)
    let result = try await BenchExecution.measure(house)
    console.emit(result.json)
    console.say("\(result.completed) completed in \(result.seconds) s")
  }
}
