import ActionProtocol
import ArgumentParser
import Connectors
import Logging
import Sandbox
import Web

struct DemoCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See the whole job on a made-up company. No account; nothing leaves this machine.",
    discussion: Examples.after(
      """
      Starts a local SMTP2GO and an empty database, imports a company's books, analyses them,
      proposes reminders, and serves the pages in which you decide, until Ctrl-C: open the address
      that it prints.

      With --terminal it is told here instead, in less than a minute: it shows the card of invoice
      INV-2024-001, asks for your approval, carries it out, shows the message as it arrived, and
      why the next ones have to wait. With --yes it answers for itself.

      Ignores SMTP2GO_*, ODOO_* and .env: it talks to 127.0.0.1 only.

      With --odoo it tells the same on the books of a running Odoo on this machine: it makes three
      customers with an overdue invoice each there, synchronises, sends one reminder and leaves its
      note; then an invoice is paid, a project deleted and the server silent between approval and
      execution. At the end it takes away what it made, says what it could not, and exits 1 where
      something was not as it should be. See docs/integrations/odoo.md.
      """,
      "aiom demo", "aiom demo --listen 127.0.0.1:0", "aiom demo --terminal", "aiom demo --yes",
      "aiom demo --yes --keep demo-files",
      "aiom demo --odoo http://127.0.0.1:8069 --odoo-db acme --odoo-user bot --odoo-key file:key"))

  @Flag(name: .long, help: "Tell it in the terminal, and answer the question with yes.")
  var yes = false

  @Flag(name: .long, help: "Tell it in the terminal, and ask there.")
  var terminal = false

  @Option(
    name: .long,
    help: "Where the pages are: ADDRESS:PORT of this machine; 0 takes a free port.")
  var listen = "127.0.0.1:8080"

  @Option(
    name: .long, help: "Keep database and outbox in this new directory.", completion: .directory)
  var keep: String?

  @OptionGroup var odoo: OdooDemoOptions

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let books = try odoo.books()
    let isTold = yes || terminal || books != nil
    guard !isTold || yes || console.canAsk else {
      throw Failure(
        .usage, "demo.nobody_to_ask",
        "The demo asks for your approval, and there is no terminal to ask at.",
        remedy: "Add --yes: it then answers for itself.")
    }
    let listen = try place()
    let folder = try DemoFolder(keep: keep)
    defer { folder.remove() }
    let sandbox = SandboxServer(
      configuration: SandboxConfiguration(port: 0, stateFile: folder.outbox),
      logger: Logger(label: "sandbox") { label in
        LineLogHandler(label: label, level: .error, format: .text)
      })
    let port = try await sandbox.start()
    let isRight: Result<Bool, any Error>
    do {
      let house = try await DemoHouse.open(
        folder: folder, port: port, books: books, listen: listen, isTold: isTold)
      if isTold {
        let run = DemoRun(
          console: console, house: house, sandbox: sandbox, port: port, folder: folder, yes: yes)
        isRight = .success(try await tell(run, hasBooks: books != nil))
      } else {
        try await DemoDesk(
          console: console, demo: house, outbox: "http://127.0.0.1:\(port)/",
          folder: folder
        ).perform()
        isRight = .success(true)
      }
    } catch {
      isRight = .failure(error)
    }
    try await sandbox.stop()
    if try !isRight.get() { throw ExitCode.refused }
  }

  /// - Returns: whether everything was as it should be.
  private func tell(_ run: DemoRun, hasBooks: Bool) async throws -> Bool {
    let (summary, isRight) =
      hasBooks ? try await OdooDemoRun(run).perform() : (try await run.perform(), true)
    run.console.emit(summary)
    return isRight
  }

  /// Whoever opens the pages may decide, so they stay on this machine.
  private func place() throws -> ListenAddress {
    guard let address = ListenAddress(listen), address.isLoopback else {
      throw Failure(
        .usage, "demo.listen",
        "--listen has to be an address of this machine with a port, such as 127.0.0.1:8080.",
        remedy: "Leave it out, or take 127.0.0.1:0 for a free port.")
    }
    return address
  }
}
