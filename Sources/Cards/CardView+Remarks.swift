import ActionProtocol
import Decisions
import Engine

extension CardView {
  /// What people and agents said about it, and how it stands in their inboxes.
  func said(_ page: inout CardDocument) {
    let mark = card.mark
    guard !card.remarks.isEmpty || mark != nil else { return }
    page.heading("What people say")
    for remark in card.remarks {
      let to = remark.to.map { " to \($0.rawValue)" } ?? ""
      page.field(
        remark.kind.rawValue,
        "\(remark.by.rawValue)\(to), \(LocalTime.distance(remark.at, from: now)): \(remark.text)")
    }
    if mark?.hasQuestion == true { page.field("missing", "an answer to the last question") }
    if let person = mark?.assignedTo { page.field("whose", "handed over to \(person.rawValue)") }
    if let until = mark?.snoozedUntil, until > now, mark?.revision == state.revision {
      page.field("put off", "until \(time.text(until))")
    }
  }
}
