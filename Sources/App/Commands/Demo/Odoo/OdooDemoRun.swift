import ActionProtocol
import Connectors
import Engine
import Insights
import Odoo
import Sandbox

/// The demo on the books of a running Odoo, act by act.
///
/// The demo plays both sides: AIOM, with an empty database, a local SMTP2GO and an org of kind sandbox,
/// which reaches no other machine; and the people who work in Odoo, who write invoices, pay and delete.
struct OdooDemoRun: Sendable {
  let stage: DemoRun
  let books: OdooDemoBooks

  var console: Console { stage.console }
  var house: House { stage.house.house }
  var desk: ActionDesk { stage.desk }
  var style: Style { console.style }

  init(_ stage: DemoRun) {
    self.stage = stage
    let (house, organisation) = (stage.house.house, stage.desk.organisation)
    let now = SystemClock.now()
    books = OdooDemoBooks(mark: String(house.context.entropy.uuid7(now).suffix(6))) {
      switch house.odoo.client(for: organisation) {
      case .success(let client): return client
      case .failure(let refusal):
        throw Failure(
          .notConfigured, refusal.code, "The demo cannot reach this Odoo.", remedy: refusal.remedy)
      }
    }
  }

  /// - Returns: the summary for `--json`, and whether everything was as it should be.
  func perform() async throws -> (summary: JSONValue, isRight: Bool) {
    let started = SystemClock.now()
    let version = try await open()
    let result: Result<[OdooDemoRow], any Error>
    do {
      result = .success(try await play())
    } catch {
      result = .failure(error)
    }
    let left = await clear()
    await house.closeConnections()
    var rows: [OdooDemoRow]
    do { rows = try result.get() } catch let error as OdooError { throw Self.failure(error) }
    rows.append(
      OdooDemoRow(
        "cleared", "What the demo made in Odoo", expected: "gone, or named",
        found: left.isEmpty ? "gone" : left.joined(separator: "; "),
        !left.contains { $0.hasSuffix("still there") }))
    close(rows, since: started)
    return (
      [
        "odoo": .string(version), "checks": .array(rows.map(\.json)),
        "messages_received": .integer(Int64(await stage.sandbox.mailbox.count)),
        "left_in_odoo": .array(left.map { .string($0) }),
      ], rows.allSatisfy(\.isRight)
    )
  }

  // MARK: - The acts

  private func play() async throws -> [OdooDemoRow] {
    let cases = try await furnish()
    var rows = [try await sync()]
    let proposed = try await analyse(cases.debts)
    guard let approved = try await stage.decide(proposed[0], from: 5) else {
      return rows + [
        OdooDemoRow("declined", "Your answer", expected: "yes or no", found: "no", true)
      ]
    }
    rows += try await remind(approved, cases.debts[0])
    rows.append(try await paidMeanwhile(proposed[1], cases.debts[1]))
    rows.append(try await projectDeleted(cases.project, cases.debts[2]))
    rows += try await unreachable(proposed[2])
    return rows
  }

  private func open() async throws -> String {
    console.say(style.bold("AIOM on your Odoo: the books are read again in the moment of acting"))
    stage.tell(
      "A running Odoo, a local SMTP2GO, an empty database. The demo makes three customers with an "
        + "overdue invoice each in this Odoo, works on them and takes them away again. Nothing "
        + "leaves this machine.")
    stage.act(1, "The stage")
    let survey = try await survey()
    console.say("odoo       \(survey.url), \(survey.findings.first?.found ?? "-")")
    console.say("provider   a local SMTP2GO at http://127.0.0.1:\(stage.port)/")
    console.say("database   \(house.settings.database)")
    console.say(
      "company    \(desk.organisation.profile.legalName) (a sandbox organisation: it can never "
        + "reach a customer)")
    return survey.findings.first?.found ?? "-"
  }

  /// What AIOM needs of the server and the user, before anything is made there.
  private func survey() async throws -> OdooSurvey {
    switch house.odoo.client(for: desk.organisation) {
    case .failure(let refusal):
      throw Failure(
        .notConfigured, refusal.code, "The demo cannot work on this Odoo.", remedy: refusal.remedy)
    case .success(let client):
      let url = desk.organisation.books.url ?? ""
      let survey = await OdooSurvey.run(client, url: url, books: desk.organisation.books)
      let inTheWay = survey.findings.first { $0.state != .ok && !$0.isOptional }
      guard let inTheWay else { return survey }
      await house.closeConnections()
      throw Failure(
        survey.isTemporary ? .unavailable : .refused, "demo.odoo_\(inTheWay.id)",
        "\(inTheWay.title): \(inTheWay.found).", remedy: inTheWay.remedy)
    }
  }

  private func clear() async -> [String] {
    stage.act(12, "Taking away what the demo made in Odoo")
    let left = await books.clear()
    stage.tell(left.isEmpty ? "Everything is gone." : "Left there:")
    for one in left { console.say("  \(DisplayText.line(one))") }
    return left
  }

  private func close(_ rows: [OdooDemoRow], since started: Instant) {
    stage.act(13, "What was shown")
    console.show(OdooDemoRow.table(rows).rendered(style: style))
    let seconds = (SystemClock.now().milliseconds - started.milliseconds + 500) / 1000
    console.say()
    console.say("In \(seconds) seconds. For your own company:")
    console.say("  aiom init                            your company")
    console.say("  aiom org set --books odoo            its Odoo (ODOO_URL, ODOO_DB, …)")
    console.say("  aiom odoo check                      what the bot user may do there")
    console.say("  docs/integrations/odoo.md            step by step")
  }

  private static func failure(_ error: OdooError) -> Failure {
    let said = error.serverMessage.map { " Odoo says: \($0)" } ?? ""
    return Failure(
      .unavailable, "demo.odoo_\(error.kind.rawValue)",
      "Odoo did not do \(error.method) on \(error.model ?? "-").\(said)",
      remedy: OdooRemedy.text(error))
  }
}
