import ActionProtocol
import ArgumentParser
import Connectors
import Logging
import Sandbox

struct DemoCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See the whole job on a made-up company. No account; nothing leaves this machine.",
    discussion: Examples.after(
      """
      Starts a local SMTP2GO and an empty database, imports a company's books, analyses them,
      proposes reminders, shows the card of invoice INV-2024-001, asks for your approval, carries
      it out, shows the message as it arrived, and shows why the next ones have to wait.

      Ignores SMTP2GO_*, ODOO_* and .env: it talks to 127.0.0.1 only. Takes less than a minute.

      With --odoo it does the same on the books of a running Odoo on this machine: it makes three
      customers with an overdue invoice each there, synchronises, sends one reminder and leaves its
      note; then an invoice is paid, a project deleted and the server silent between approval and
      execution. At the end it takes away what it made, says what it could not, and exits 1 where
      something was not as it should be. See docs/integrations/odoo.md.
      """,
      "aiom demo", "aiom demo --yes", "aiom demo --yes --keep demo-files",
      "aiom demo --odoo http://127.0.0.1:8069 --odoo-db acme --odoo-user bot --odoo-key file:key"))

  @Flag(name: .long, help: "Answer the question with yes.")
  var yes = false

  @Option(
    name: .long, help: "Keep database and outbox in this new directory.", completion: .directory)
  var keep: String?

  @OptionGroup var odoo: OdooDemoOptions

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let books = try odoo.books()
    guard yes || console.canAsk else {
      throw Failure(
        .usage, "demo.nobody_to_ask",
        "The demo asks for your approval, and there is no terminal to ask at.",
        remedy: "Add --yes: it then answers for itself.")
    }
    let folder = try DemoFolder(keep: keep)
    defer { folder.remove() }
    let sandbox = SandboxServer(
      configuration: SandboxConfiguration(port: 0, stateFile: folder.outbox),
      logger: Logger(label: "sandbox") { label in
        LineLogHandler(label: label, level: .error, format: .text)
      })
    let port = try await sandbox.start()
    let result: Result<(summary: JSONValue, isRight: Bool), any Error>
    do {
      let house = try await DemoHouse.open(folder: folder, port: port, books: books)
      let run = DemoRun(
        console: console, house: house, sandbox: sandbox, port: port, folder: folder, yes: yes)
      result = .success(
        books == nil ? (try await run.perform(), true) : try await OdooDemoRun(run).perform())
    } catch {
      result = .failure(error)
    }
    try await sandbox.stop()
    let (summary, isRight) = try result.get()
    console.emit(summary)
    if !isRight { throw ExitCode.refused }
  }
}
