import ActionProtocol
import ArgumentParser

struct ProtocolSchemaCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema (2020-12) of a proposal.",
    discussion: Examples.after(
      """
      The schema is generated from the types. What a schema cannot say stands in it under
      x-invariants; `aiom protocol validate` checks that too.
      """,
      "aiom protocol schema", "aiom protocol schema --action    # the action with its state"))

  @Flag(name: .long, help: "The action as AIOM gives it out, instead of the proposal.")
  var action = false

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let schema = action ? ActionSchema.action() : ActionSchema.proposal()
    StandardStream.output.write(PrettyJSON.encode(schema) + "\n")
  }
}
