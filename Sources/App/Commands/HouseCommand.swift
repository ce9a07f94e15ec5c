import ArgumentParser

/// A command of ours: speaks through a console, fails with a ``Failure``.
protocol HouseCommand: AsyncParsableCommand {
  var output: OutputOptions { get }

  /// Does the work.
  /// - Throws: ``Failure`` or any error that ``Failure/init(explaining:)`` can put into words;
  ///   `ExitCode` where everything has been said already.
  mutating func perform(_ console: Console) async throws
}

extension HouseCommand {
  mutating func run() async throws {
    let console = Console(json: output.json)
    do {
      try await perform(console)
    } catch let code as ExitCode {
      throw code
    } catch {
      let failure = Failure(explaining: error)
      console.report(failure)
      throw ExitCode(failure.status.rawValue)
    }
  }
}

/// A command that works on a database.
protocol DatabaseCommand: HouseCommand {
  var global: GlobalOptions { get }
}

extension DatabaseCommand {
  var output: OutputOptions { global.output }
}

extension ExitCode {
  /// The answer was no, and it has been said.
  static let refused = ExitCode(ExitStatus.refused.rawValue)
}
