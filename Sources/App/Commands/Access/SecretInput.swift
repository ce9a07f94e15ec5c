import ActionProtocol
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Secrets that a person types: without echo at a terminal, or line by line from standard input. Never
/// an option of a command, which every process of the machine could read.
struct SecretInput {
  let console: Console
  /// Lines come from a program.
  let fromInput: Bool

  /// - Throws: ``Failure`` where nobody can be asked.
  func secret(_ question: String) throws -> String {
    let answer = fromInput ? readLine(strippingNewline: true) : try typed(question)
    guard let answer, !answer.isEmpty else {
      throw Failure(
        .usage, "secret.missing", "Nothing was given for: \(question).",
        remedy: "Type it, or give one line for each question on standard input with --stdin.")
    }
    return answer
  }

  /// A new password, asked for twice at a terminal.
  func newPassword(_ question: String = "New password") throws -> String {
    let first = try secret(question)
    guard !fromInput else { return first }
    guard try secret("The same again") == first else {
      throw Failure(
        .refused, "password.differs", "The two were not the same.", remedy: "Run it again.")
    }
    return first
  }

  private func typed(_ question: String) throws -> String? {
    guard console.canAsk else {
      throw Failure(
        .usage, "secret.no_terminal", "There is no terminal to ask at: \(question).",
        remedy: "Add --stdin and give one line for each question on standard input.")
    }
    StandardStream.output.write("\(question): ")
    let answer = Self.withoutEcho { readLine(strippingNewline: true) }
    StandardStream.output.write("\n")
    return answer
  }

  private static func withoutEcho(_ body: () -> String?) -> String? {
    var settings = termios()
    guard tcgetattr(0, &settings) == 0 else { return body() }
    let before = settings
    settings.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(0, TCSANOW, &settings)
    defer {
      var before = before
      tcsetattr(0, TCSANOW, &before)
    }
    return body()
  }
}
