import ActionProtocol
import Cards
import Engine

/// What a day brought, for a browser.
struct TodayPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let report = try await DayReader(desk.engine).report(frame.org, on: request.day())
    return .page(TodayPage.page(frame, report))
  }
}

/// The same for programs.
struct TodayHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let report = try await DayReader(engine).report(org, on: request.day())
    return .json([
      "day": .string(report.day.iso), "from": .string(report.start.rfc3339),
      "to": .string(report.end.rfc3339), "now": .string(report.now.rfc3339),
      "figures": .array(
        DayWording.figures(report.figures).map { figure in
          [
            "name": .string(figure.name),
            "value": figure.value.map { .integer($0) } ?? .null,
            "unit": .string(figure.isTime ? "ms" : "count"),
            "definition": .string(figure.definition),
          ]
        }),
    ])
  }
}

extension WebRequest {
  /// A day of the address; nil where none is named.
  fileprivate func day() throws(Problem) -> LocalDate? {
    try QueryValues(query).value("day", "a day such as 2026-03-04") { LocalDate(iso: $0) }
  }
}

enum TodayPage {
  static func page(_ frame: DeskFrame, _ report: DayReport) -> Page {
    .desk(frame, title: report.isToday ? "Today" : report.day.iso, current: "/today") { main in
      main.element("h1", text: report.isToday ? "Today" : report.day.iso)
      days(frame, report, &main)
      main.element("dl", [("class", "figures")]) { list in
        for figure in DayWording.figures(report.figures) {
          list.element("div") { part in
            part.element("dt", text: figure.title)
            part.element("dd") { value in
              value.element("strong", text: figure.text)
              value.element("details") { details in
                details.element("summary", text: "What is counted")
                details.element("p", text: figure.definition)
              }
            }
          }
        }
      }
      main.element(
        "p", [("class", "hint")],
        text: "From \(frame.time.text(report.start)) to before \(frame.time.text(report.end)), "
          + "counted on \(frame.time.rounded(report.now)).")
    }
  }

  private static func days(_ frame: DeskFrame, _ report: DayReport, _ main: inout HTML) {
    main.element("nav", [("class", "filters"), ("aria-label", "Day")]) { nav in
      let before = report.day.adding(days: -1)
      nav.element(
        "a", [("href", frame.path("/today", [("day", before.iso)])), ("rel", "prev")],
        text: "The day before")
      guard !report.isToday else { return }
      let after = report.day.adding(days: 1)
      nav.element(
        "a", [("href", frame.path("/today", [("day", after.iso)])), ("rel", "next")],
        text: "The day after")
      nav.element("a", [("href", frame.path("/today"))], text: "Today")
    }
  }
}
