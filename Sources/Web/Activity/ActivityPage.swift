import ActionProtocol
import Cards
import Engine

/// What happens, comes and was, for a browser.
struct ActivityPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    return .page(ActivityPage.page(frame, try await Activity(desk.engine).report(frame.org)))
  }
}

/// The same for programs.
struct ActivityHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let report = try await Activity(engine).report(org)
    func at(_ state: ActionState, _ instant: Instant?) -> JSONValue {
      ["at": instant.map { .string($0.rfc3339) } ?? .null, "action": state.json]
    }
    return .json([
      "now": .string(report.now.rfc3339), "until": .string(report.until.rfc3339),
      "executing": .array(report.executing.map(\.json)),
      "coming": .array(report.coming.map { at($0, $0.waitingSince) }),
      "follow_ups": .array(
        report.followUps.map {
          ["at": .string($0.at.rfc3339), "action_id": .string($0.action.rawValue)]
        }),
      "recent": .array(report.recent.map { at($0.state, $0.at) }), "more": .bool(report.isCut),
    ])
  }
}

enum ActivityPage {
  static func page(_ frame: DeskFrame, _ report: ActivityReport) -> Page {
    .desk(frame, title: "Activity", current: "/activity", live: .list, scripts: [.clock]) { main in
      main.element("h1", text: "Activity")
      section("Happening now", &main) { part in
        guard !report.executing.isEmpty else {
          part.nothing("Nothing is being carried out at this moment.")
          return
        }
        actions(
          frame, "Happening now",
          report.executing.map { state in
            (state, state.hold.map { StateWording.hold($0.reason) } ?? "being carried out")
          }, &part)
      }
      section("Next two hours", &main) { coming(frame, report, &$0) }
      section("Recently ended", &main) { part in
        guard !report.recent.isEmpty else {
          part.nothing("Nothing has ended lately.")
          return
        }
        actions(
          frame, "Recently ended",
          report.recent.map { state, at in
            (state, "\(frame.time.rounded(at)), \(LocalTime.distance(at, from: report.now))")
          }, &part)
      }
      main.element(
        "p", [("class", "hint")], text: "As of \(frame.time.rounded(report.now)).")
    }
  }

  private static func section(
    _ title: String, _ main: inout HTML, _ content: (inout HTML) -> Void
  ) {
    main.element("section") { part in
      part.element("h2", text: title)
      content(&part)
    }
  }

  private static func coming(_ frame: DeskFrame, _ report: ActivityReport, _ part: inout HTML) {
    if report.coming.isEmpty && report.followUps.isEmpty {
      part.nothing("Nothing approved is due before \(frame.time.rounded(report.until)).")
      return
    }
    if !report.coming.isEmpty {
      actions(
        frame, "Next two hours", report.coming.map { ($0, due($0, frame, report)) },
        now: report.now, &part)
    }
    if report.isCut {
      part.element("p", [("class", "hint")], text: "Only the first \(Activity.most) are listed.")
    }
    guard !report.followUps.isEmpty else { return }
    part.element("ul") { list in
      for (at, action) in report.followUps {
        list.element("li") { item in
          item.text("\(frame.time.text(at)): a follow-up becomes a proposal; planned by ")
          item.element(
            "a", [("href", frame.path("/actions/\(action.rawValue)"))], text: "this action")
        }
      }
    }
  }

  private static func due(
    _ state: ActionState, _ frame: DeskFrame, _ report: ActivityReport
  ) -> String {
    let at = state.waitingSince
    let why = state.hold.map { ": \(StateWording.hold($0.reason))" } ?? ""
    return at <= report.now && state.isDue(at: report.now)
      ? "due now" : "\(frame.time.text(at)), \(LocalTime.distance(at, from: report.now))\(why)"
  }

  private static func actions(
    _ frame: DeskFrame, _ label: String, _ rows: [(ActionState, String)], now: Instant? = nil,
    _ part: inout HTML
  ) {
    part.table(["When", "What", "About", "Status"], label: label, stacks: true) { body in
      for (state, when) in rows {
        body.element("tr") { row in
          row.element("td") { cell in
            cell.text(when)
            if let now, state.hold?.reason == .undoWindow, let until = state.hold?.until {
              cell.text(" ")
              cell.clock(milliseconds: until.milliseconds - now.milliseconds)
            }
          }
          row.link(
            frame.path("/actions/\(state.id.rawValue)"),
            state.type.rawValue.replacing("_", with: " "))
          row.element("td", text: state.title)
          row.element("td", text: StateWording.status(state.status))
        }
      }
    }
  }
}
