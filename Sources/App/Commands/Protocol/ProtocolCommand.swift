import ArgumentParser

/// The contract: its schema, and whether a document keeps it.
struct ProtocolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocol",
    abstract: "Action Protocol v1.1: the schema, and whether a document keeps it.",
    discussion: Examples.after(
      "", "aiom protocol schema > proposal.schema.json", "aiom protocol validate proposal.json"),
    subcommands: [ProtocolSchemaCommand.self, ProtocolValidateCommand.self])
}
