import ActionProtocol
import Cards
import Engine

/// What somebody has to look at, for a browser.
struct AttentionPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let report = try await Attention(desk.engine).report(frame.org)
    return .page(AttentionPage.page(frame, report))
  }
}

/// The same for programs.
struct AttentionHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let report = try await Attention(engine).report(org)
    return .json([
      "looked_at": .string(report.lookedAt.rfc3339), "more": .bool(report.isCut),
      "matters": .array(
        report.lines.map { line in
          [
            "code": .string(AttentionWording.code(line.matter)),
            "what": .string(AttentionWording.what(line.matter)),
            "since": line.since.map { .string($0.rfc3339) } ?? .null,
            "action_id": AttentionWording.action(line.matter).map { .string($0.id.rawValue) }
              ?? .null,
            "command": AttentionWording.command(line.matter).map { .string($0) } ?? .null,
          ]
        }),
    ])
  }
}

enum AttentionPage {
  static func page(_ frame: DeskFrame, _ report: AttentionReport) -> Page {
    .desk(frame, title: "Needs attention", current: "/attention", live: .list) { main in
      let count = report.lines.count
      main.element("h1", text: count == 0 ? "All is well" : "Needs attention")
      guard count > 0 else {
        main.nothing(
          "Nothing failed, nothing is stuck, no channel is paused and no job is failing. Looked at "
            + "on \(frame.time.rounded(report.lookedAt)).")
        return
      }
      main.table(
        ["Kind", "What", "Since", "What helps"], label: "What needs attention", stacks: true
      ) { body in
        for line in report.lines { row(frame, line, report.lookedAt, &body) }
      }
      if report.isCut {
        main.element("p") { more in
          more.text("Only the newest \(Attention.most) of a kind are listed. ")
          more.element(
            "a", [("href", frame.path("/actions", [("status", "failed")]))],
            text: "All failed actions")
        }
      }
      main.element(
        "p", [("class", "hint")],
        text: "Failures of the last \(Attention.failureDays) days. Looked at on "
          + "\(frame.time.rounded(report.lookedAt)).")
    }
  }

  private static func row(
    _ frame: DeskFrame, _ line: AttentionLine, _ now: Instant, _ body: inout HTML
  ) {
    body.element("tr") { row in
      row.element("td", text: AttentionWording.kind(line.matter))
      row.element("td", text: AttentionWording.what(line.matter))
      row.element(
        "td",
        text: line.since.map { "\(frame.time.rounded($0)), \(LocalTime.distance($0, from: now))" }
          ?? "not recorded")
      if let state = AttentionWording.action(line.matter) {
        row.link(frame.path("/actions/\(state.id.rawValue)"), "Look at the action")
      } else {
        row.element("td") { cell in
          cell.element("code", text: AttentionWording.command(line.matter) ?? "")
        }
      }
    }
  }
}
