import ActionProtocol
import Engine

/// What the inbox is narrowed to: links, a form, and the views that oneself keeps.
struct ViewHTML {
  let frame: DeskFrame
  let filter: InboxFilter
  let views: [SavedView]

  /// The query of the inbox that shows a filter.
  static func query(_ filter: InboxFilter) -> [(String, String)] {
    query(
      isMine: filter.assignedTo != nil, filter.includesSnoozed, filter.type, filter.order)
  }

  private static func query(
    isMine: Bool, _ includesSnoozed: Bool, _ type: ActionType?, _ order: InboxOrder
  ) -> [(String, String)] {
    (isMine ? [("mine", "true")] : []) + (includesSnoozed ? [("snoozed", "true")] : [])
      + (type.map { [("type", $0.rawValue)] } ?? [])
      + (order == .newest ? [] : [("order", order.rawValue)])
  }

  func write(_ main: inout HTML) {
    links(&main)
    main.element("details", [("class", "narrow")]) { details in
      details.element("summary", text: "Filter, sort, keep as a view …")
      narrowing(&details)
      saving(&details)
      for view in views { deleting(view, &details) }
    }
  }

  private func links(_ main: inout HTML) {
    let now = Self.query(filter)
    let standard: [(String, [(String, String)])] = [
      ("All", []), ("Mine", [("mine", "true")]), ("Snoozed too", [("snoozed", "true")]),
    ]
    let own = views.map { view in
      (view.name, Self.query(isMine: view.isMine, view.includesSnoozed, view.type, view.order))
    }
    main.element("nav", [("class", "filters"), ("aria-label", "What is shown")]) { nav in
      for (name, query) in standard + own {
        var attributes: [(StaticString, String)] = [("href", frame.path("/inbox", query))]
        if query.map(\.0) == now.map(\.0), query.map(\.1) == now.map(\.1) {
          attributes.append(("aria-current", "true"))
        }
        nav.element("a", attributes, text: name)
      }
    }
  }

  private func narrowing(_ html: inout HTML) {
    html.element("form", [("method", "get"), ("action", "/inbox"), ("class", "search")]) { form in
      if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
      let types = [("", "all")] + ActionType.allCases.map { ($0.rawValue, Self.words($0)) }
      choice("type", "Type", types, filter.type?.rawValue ?? "", &form)
      choice(
        "mine", "Whose", [("", "everybody's"), ("true", "handed over to me")],
        filter.assignedTo == nil ? "" : "true", &form)
      choice(
        "snoozed", "What was put off", [("", "left out"), ("true", "shown too")],
        filter.includesSnoozed ? "true" : "", &form)
      choice(
        "order", "First", [("newest", "the newest"), ("oldest", "the oldest")],
        filter.order.rawValue, &form)
      form.button("Show")
    }
  }

  private func choice(
    _ name: String, _ label: String, _ choices: [(String, String)], _ chosen: String,
    _ form: inout HTML
  ) {
    form.element("div") { place in
      place.choice("filter-\(name)", name, label, choices, chosen: chosen)
    }
  }

  private func saving(_ html: inout HTML) {
    html.form(frame, "/inbox/views", class: "search") { form in
      for (name, value) in Self.query(filter) { form.hidden(name, value) }
      form.element("div") { place in
        place.field(
          "view-name", "name", "Keep what is shown now under the name",
          [("required", ""), ("maxlength", "60")])
      }
      form.button("Keep this view")
    }
  }

  private func deleting(_ view: SavedView, _ html: inout HTML) {
    html.form(frame, "/inbox/views/remove", class: "together") { form in
      form.hidden("view", view.id)
      form.button("Delete the view “\(view.name)”")
    }
  }

  private static func words(_ type: ActionType) -> String {
    type.rawValue.replacing("_", with: " ")
  }
}
