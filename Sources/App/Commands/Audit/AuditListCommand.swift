import ActionProtocol
import ArgumentParser
import Cards
import Engine

struct AuditListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the entries of the audit trail, oldest first.",
    discussion: Examples.after(
      """
      Entries are numbered without gaps per organisation; each carries the hash of its own bytes.
      """,
      "aiom audit list", "aiom audit list --action 0193f2", "aiom audit list --after 1000 --json"))

  @Option(name: .long, help: "Only about this action: its id, or its first characters.")
  var action: String?

  @Option(name: .long, help: "Begin after this number.")
  var after: Int64 = 0

  @Option(name: .long, help: "How many at most.")
  var limit = 200

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...100_000).contains(limit), after >= 0 else {
      throw Failure(
        .usage, "audit.limit", "--limit must be from 1 to 100000, --after from 0 on.", remedy: "")
    }
    let desk = try await ActionDesk(Composition.open(global, console))
    var id: ActionID?
    if let action { id = try await desk.find(action).id }
    let (org, limit, after, wanted) = (desk.org, limit, after, id)
    let records = try await desk.house.store.read {
      try $0.audit(org, action: wanted, after: after, limit: limit)
    }
    console.emit(["entries": .array(records.map(AuditView.json))])
    console.show(AuditView.table(records, time: desk.time).rendered(style: console.style))
    if records.count == limit, let last = records.last {
      console.say("More: `aiom audit list --after \(last.sequence)`")
    }
  }
}
