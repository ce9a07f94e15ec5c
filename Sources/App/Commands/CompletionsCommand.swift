import ActionProtocol
import ArgumentParser

struct CompletionsCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print the completion script of a shell.",
    discussion: Examples.after(
      "",
      "aiom completions bash > ~/.local/share/bash-completion/completions/aiom",
      "aiom completions zsh > ~/.zfunc/_aiom",
      "aiom completions fish > ~/.config/fish/completions/aiom.fish"))

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @Argument(help: "The shell.")
  var shell: Shell

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    let script = AIOM.completionScript(for: kind)
    console.emit(["shell": .string(shell.rawValue), "script": .string(script)])
    console.say(script)
  }
}
