import ActionProtocol
import Cards
import Decisions
import Engine

/// What every page says of emergency stops: the way to one, and that one is in force.
enum StopControl {
  /// Whom a stop of this person reaches as far as it can; nil: they may not stop anything.
  static func reach(_ frame: DeskFrame) -> StopReach? {
    if frame.rightsEverywhere.contains(.stop) { return .everything }
    return frame.rights.contains(.stop) ? .organisation : nil
  }

  /// Two steps: open it, say why and press the button.
  static func write(_ frame: DeskFrame, _ header: inout HTML) {
    guard let reach = reach(frame), !isCovered(frame, reach) else { return }
    header.element("details", [("class", "halt")]) { details in
      details.element("summary", text: "■ Stop")
      form(frame, reach, id: "halt", &details)
    }
  }

  /// Whether what the person could stop is stopped already.
  private static func isCovered(_ frame: DeskFrame, _ reach: StopReach) -> Bool {
    guard let stop = frame.halt?.stop else { return false }
    return stop.scope == .everything || reach == .organisation
  }

  static func form(_ frame: DeskFrame, _ reach: StopReach, id: String, _ html: inout HTML) {
    html.form(frame, "/stop") { form in
      form.hidden("reach", reach.rawValue)
      form.field(
        "\(id)-reason", "reason", "Why is \(subject(frame, reach)) stopped?",
        [("required", ""), ("maxlength", "500")])
      form.button("Stop \(subject(frame, reach)) now", class: "halting")
      form.element(
        "p", [("class", "hint")],
        text: "Nothing more goes out from any process until somebody with the right lets it go on. "
          + "Proposing and approving go on; what is approved waits.")
    }
  }

  static func subject(_ frame: DeskFrame, _ reach: StopReach) -> String {
    reach == .everything ? "everything" : frame.organisation.legalName
  }

  /// That it is stopped: who, when, why, and what may still be on its way.
  static func banner(_ frame: DeskFrame, _ halt: StopSummary, _ html: inout HTML) {
    let stop = halt.stop
    let time = frame.time.text(stop.at)
    html.element("div", [("class", "banner stop"), ("role", "status")]) { banner in
      banner.element("p") { words in
        let what = stop.scope == .everything ? "Everything" : frame.organisation.legalName
        words.element("strong", text: "■ \(what) is stopped. ")
        words.text(
          "Nothing goes out. Stopped by \(stop.by.rawValue) on \(time): "
            + StopWording.reason(stop) + ".")
      }
      for line in StopWording.rest(halt) { banner.element("p", text: line) }
      banner.element("p") { words in
        words.element(
          "a", [("href", frame.path("/stop"))],
          text: frame.rights.contains(.resume)
            ? "Look at it, or let it go on" : "Look at who has acknowledged it")
      }
    }
  }
}
