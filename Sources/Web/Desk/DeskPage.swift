import ActionProtocol
import Cards
import Decisions
import Engine

/// What every page of the desk knows of whoever looks at it.
struct DeskFrame: Sendable {
  let organisation: Organisation
  /// All orgs that the person may look at, by id.
  let orgs: [OrgID]
  /// Who is signed in: `ann`.
  let person: String
  /// The session's, for every form.
  let formToken: String
  /// The installation's.
  let delivery: DeliveryMode
  /// Where messages of a local sandbox are looked at; nil: there is none.
  let outbox: String?
  /// What stops this org; nil: nothing does.
  let halt: StopSummary?
  let waiting: Int
  /// The number of the audit log's last entry when the page was begun: what comes later is told.
  let position: Int64
  /// What the person may do in this org.
  let rights: Set<Right>
  /// What they may do in every org of the installation.
  let rightsEverywhere: Set<Right>

  var org: OrgID { organisation.id }
  /// Instants on the org's clock.
  var time: LocalTime { LocalTime(organisation) }

  /// A path of the desk in this org.
  func path(_ path: String, _ query: [(String, String)] = []) -> String {
    let pairs = (orgs.count > 1 ? [("org", org.rawValue)] : []) + query
    guard !pairs.isEmpty else { return path }
    return path + "?" + pairs.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

extension Page {
  /// A page of the desk: where one is, what holds for the whole installation, and the way to the rest.
  static func desk(
    _ frame: DeskFrame, title: String, current: String, live: LiveMark? = nil,
    scripts: [PageScript] = [], _ content: (inout HTML) -> Void
  ) -> Page {
    let own: [PageScript] = [.keys, .palette] + (live == nil ? [] : [.live])
    return Page(.english, title: "\(title) · AIOM", style: .desk, scripts: own + scripts) { body in
      body.element("a", [("class", "skip"), ("href", "#main")], text: "Skip to the content")
      body.element("header") { header in
        header.element("a", [("class", "brand"), ("href", frame.path("/inbox"))], text: "AIOM")
        navigation(frame, current, &header)
        orgs(frame, &header)
        StopControl.write(frame, &header)
      }
      banners(frame, &body)
      body.element("main", marks(frame) + (live?.attributes(frame) ?? [])) { main in
        content(&main)
        if live != nil { main.element("p", [("class", "live"), ("role", "status")], text: "") }
      }
    }
  }

  /// What scripts know of the page.
  private static func marks(_ frame: DeskFrame) -> [(StaticString, String)] {
    [
      ("id", "main"), ("data-org", frame.org.rawValue),
      ("data-orgs", frame.orgs.count > 1 ? "many" : "one"),
    ] + (frame.rights.contains(.propose) ? [("data-proposes", "")] : [])
      + (frame.rights.contains(.decide) ? [("data-decides", "")] : [])
  }

  private static let places = [
    ("Inbox", "/inbox"), ("Attention", "/attention"), ("Activity", "/activity"),
    ("Customers", "/customers"), ("Today", "/today"), ("Actions", "/actions"),
    ("Audit", "/audit"), ("Policies", "/policies"), ("Outreach", "/outreach"),
    ("Settings", "/settings"), ("Setup", "/setup"), ("You", "/account"),
  ]

  private static func navigation(
    _ frame: DeskFrame, _ current: String, _ header: inout HTML
  ) {
    header.element("nav", [("aria-label", "Main")]) { nav in
      // What going live takes is one page among settings, once that is done.
      for (name, path) in places where path != "/setup" || frame.delivery != .live {
        var attributes: [(StaticString, String)] = [("href", frame.path(path))]
        attributes += DeskKeys.attributes(path)
        if current == path { attributes.append(("aria-current", "page")) }
        let count = path == "/inbox" && frame.waiting > 0 ? " \(frame.waiting)" : ""
        nav.element("a", attributes, text: name + count)
      }
    }
  }

  private static func orgs(_ frame: DeskFrame, _ header: inout HTML) {
    header.element("div", [("class", "who")]) { who in
      guard frame.orgs.count > 1 else {
        who.element("span", text: frame.organisation.legalName)
        return
      }
      for org in frame.orgs {
        var attributes: [(StaticString, String)] = [("href", "/inbox?org=\(org.rawValue)")]
        if org == frame.org { attributes.append(("aria-current", "true")) }
        who.element("a", attributes, text: org.rawValue)
      }
    }
  }

  private static func banners(_ frame: DeskFrame, _ body: inout HTML) {
    guard frame.halt != nil || frame.delivery != .live else { return }
    body.element("div", [("role", "region"), ("aria-label", "What holds everywhere")]) { place in
      if let halt = frame.halt { StopControl.banner(frame, halt, &place) }
      if let words = words(frame.delivery) {
        place.element("p", [("class", "banner")]) { banner in
          banner.text(words)
          guard let outbox = frame.outbox else { return }
          banner.text(" ")
          banner.element("a", [("href", outbox)], text: "Look into it")
        }
      }
    }
  }

  private static func words(_ delivery: DeliveryMode) -> String? {
    switch delivery {
    case .sandbox: "Sandbox: messages go to the local mailbox, no customer sees them."
    case .redirect: "Redirect: every message goes to your own address, no customer sees it."
    case .live: nil
    }
  }
}

extension HTML {
  /// Ways to write to somebody, for whoever may propose; with keys.
  mutating func writing(_ frame: DeskFrame, to customer: PartnerID? = nil) {
    guard frame.rights.contains(.propose) else { return }
    let query = customer.map { [("customer", "\($0.rawValue)")] } ?? []
    element("p", [("class", "writing")]) { line in
      for (kind, key) in [(ComposeKind.message, "n"), (.followUp, "f")] {
        line.element(
          "a", [("href", frame.path(kind.path, query)), ("data-key", key)], text: kind.title)
      }
    }
  }

  /// A form of the desk that comes back to a path; it carries the session's token.
  mutating func form(
    _ frame: DeskFrame, _ path: String, class name: String = "",
    _ further: [(StaticString, String)] = [], _ content: (inout HTML) -> Void
  ) {
    var attributes: [(StaticString, String)] =
      [("method", "post"), ("action", frame.path(path))] + further
    if !name.isEmpty { attributes.append(("class", name)) }
    element("form", attributes) { form in
      form.hidden("form_token", frame.formToken)
      content(&form)
    }
  }

  mutating func hidden(_ name: String, _ value: String) {
    open("input", [("type", "hidden"), ("name", name), ("value", value)])
  }

  mutating func button(
    _ label: String, class name: String = "", _ further: [(StaticString, String)] = []
  ) {
    element("button", [("type", "submit"), ("class", name)] + further, text: label)
  }

  /// A label with its field of one line.
  mutating func field(
    _ id: String, _ name: String, _ label: String, _ further: [(StaticString, String)] = []
  ) {
    element("label", [("for", id)], text: label)
    open("input", [("id", id), ("name", name), ("autocomplete", "off")] + further)
  }

  /// A label with its field of several lines.
  mutating func text(_ id: String, _ name: String, _ label: String, _ text: String, rows: Int) {
    element("label", [("for", id)], text: label)
    // The first line break after the tag is no part of the text.
    element(
      "textarea", [("id", id), ("name", name), ("rows", "\(rows)"), ("required", "required")]
    ) { area in area.text("\n" + text) }
  }

  /// A label with its choices, each a value and its words.
  mutating func choice(
    _ id: String, _ name: String, _ label: String, _ choices: [(String, String)]
  ) {
    element("label", [("for", id)], text: label)
    element("select", [("id", id), ("name", name)]) { select in
      for (value, words) in choices { select.element("option", [("value", value)], text: words) }
    }
  }

  /// A name and its value in a list of both.
  mutating func fact(_ name: String, _ value: String) {
    element("dt", text: name)
    element("dd", text: value)
  }

  /// What a form did, or why it did not.
  mutating func outcome(_ problem: Problem?, _ notice: String?) {
    if let problem {
      element("div", [("class", "error"), ("role", "alert")]) { error in
        error.element("strong", text: problem.title)
        error.element("p", text: problem.remedy)
      }
    }
    if let notice { element("p", [("class", "notice"), ("role", "status")], text: notice) }
  }

  /// Risk as a word and a sign; its colour only helps.
  mutating func risk(_ risk: RiskLevel) {
    let sign =
      switch risk {
      case .low: "○"
      case .medium: "◐"
      case .high: "▲"
      case .critical: "⛔"
      }
    element("span", [("class", "risk \(risk.rawValue)")], text: "\(sign) \(risk.rawValue) risk")
  }
}
