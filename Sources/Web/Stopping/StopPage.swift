import ActionProtocol
import Cards
import Decisions
import Engine

/// How it stands with emergency stops, and what whoever looks may do about it.
struct StopPage {
  let frame: DeskFrame
  let reports: [StopReport]
  let now: Instant
  let problem: Problem?
  let notice: String?

  var page: Page {
    .desk(frame, title: "Emergency stop", current: "/stop") { main in
      main.element("h1", text: reports.isEmpty ? "Nothing is stopped" : "Stopped")
      main.outcome(problem, notice)
      for report in reports { section(report, &main) }
      if reports.isEmpty {
        main.element(
          "p", text: "AIOM carries out what is approved. As of \(frame.time.rounded(now)).")
      }
      stopping(&main)
    }
  }

  // MARK: - Stopping

  private func stopping(_ main: inout HTML) {
    guard let widest = StopControl.reach(frame) else {
      main.element("p", [("class", "hint")], text: "Stopping needs a role with the right stop.")
      return
    }
    let scopes = Set(reports.map(\.stop.scope))
    guard !scopes.contains(.everything) else { return }
    let both: [StopReach] =
      widest == .everything && frame.orgs.count > 1 ? [.everything, .organisation] : [widest]
    for reach in both where !scopes.contains(reach.scope(frame.org)) {
      main.element("section") { part in
        part.element("h2", text: "Stop \(StopControl.subject(frame, reach))")
        StopControl.form(frame, reach, id: reach.rawValue, &part)
      }
    }
  }

  // MARK: - A stop in force

  private func section(_ report: StopReport, _ main: inout HTML) {
    let stop = report.stop
    let reach: StopReach = stop.scope == .everything ? .everything : .organisation
    main.element("section") { part in
      part.element("h2", text: reach == .everything ? "Everything" : frame.organisation.legalName)
      part.element("dl") { list in
        list.fact("Stopped by", stop.by.rawValue)
        list.fact("When", frame.time.text(stop.at))
        list.fact("Why", StopWording.reason(stop))
        list.fact("Holds", report.isStopped ? "nothing more leaves" : "NOT everywhere, see below")
        list.fact("Acknowledged", processes(report.acknowledged))
        if !report.dead.isEmpty { list.fact("Ended or proven dead", processes(report.dead)) }
      }
      unreachable(report, &part)
      calls("In flight at the stop, still without an answer", report.inFlight, &part)
      calls("In flight at the stop, ended since", report.ended, &part)
      resuming(stop, reach, &part)
    }
  }

  private func processes(_ boots: [BootRecord]) -> String {
    guard !boots.isEmpty else { return "no process is running" }
    return boots.map { "process \($0.processID) on \($0.host)" }.joined(separator: ", ")
  }

  private func unreachable(_ report: StopReport, _ html: inout HTML) {
    guard !report.unreachable.isEmpty else { return }
    html.element("div", [("class", "error")]) { error in
      error.element("strong", text: "Not safely stopped")
      error.element(
        "p", text: "These neither answer nor are proven dead; what they had begun may still leave.")
      error.element("ul") { list in
        for one in report.unreachable {
          let open = one.open.count == 1 ? "1 call" : "\(one.open.count) calls"
          list.element(
            "li", text: "process \(one.boot.processID) on \(one.boot.host), \(open) open")
        }
      }
      error.element("p", text: "End them, then load this page again.")
    }
  }

  private func calls(_ title: String, _ operations: [OperationID], _ html: inout HTML) {
    guard !operations.isEmpty else { return }
    html.element("h3", text: title)
    html.element("ul") { list in
      for operation in operations {
        list.element("li") { item in
          item.element(
            "a", [("href", frame.path("/actions/\(operation.action.rawValue)"))],
            text: operation.rawValue)
        }
      }
    }
  }

  private func resuming(_ stop: Stop, _ reach: StopReach, _ html: inout HTML) {
    let rights = reach == .everything ? frame.rightsEverywhere : frame.rights
    guard rights.contains(.resume) else {
      html.element("p", [("class", "hint")], text: "Only an owner lets it go on.")
      return
    }
    guard stop.cause == .person else {
      html.element(
        "p",
        text:
          "The database is a backup or a copy. It goes on with aiom resume on the command line, which first finds "
          + "out what went out since.")
      return
    }
    html.form(frame, "/stop/resume") { form in
      form.hidden("reach", reach.rawValue)
      form.field(
        "\(reach.rawValue)-resume", "reason", "Why may it go on? (may be left out)",
        [("maxlength", "500")])
      form.button("Let \(StopControl.subject(frame, reach)) go on", class: "primary")
    }
  }
}
