import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct OdooSyncSetCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync-set",
    abstract: "Say what is taken over from Odoo; show how far it is.",
    discussion: Examples.after(
      """
      Without options it only shows. Tags are categories of customers in Odoo, by name, whatever their
      letter case: --dispute-tag puts all invoices of a customer in dispute, --never-remind-tag keeps
      reminders from it. An option that is given replaces what was set; `none` empties it. Recorded in
      the audit trail. What has to be read anew for it, the next sync reads.

      A customer's answer on an invoice, a deal or their own record holds messages to that customer
      back for --answer-pause-hours, or until somebody writes to them; 0 switches that off.
      """,
      "aiom odoo sync-set", "aiom odoo sync-set --company 1 --company 3",
      "aiom odoo sync-set --dispute-tag \"In dispute\" --answer-pause-hours 48"))

  @Option(
    name: .long, help: "Only this company's records, by Odoo's id; may be repeated. all: any.")
  var company: [String] = []

  @Option(name: .long, help: "A tag that means: disputed; may be repeated.")
  var disputeTag: [String] = []

  @Option(name: .long, help: "A tag that means: never remind; may be repeated.")
  var neverRemindTag: [String] = []

  @Option(name: .long, help: "How long a customer's answer holds messages back; 0 to 2160.")
  var answerPauseHours: Int64?

  @Option(name: .long, help: "The most requests to Odoo in a minute; 1 to 6000.")
  var requestsPerMinute: Int?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let companies = try wantedCompanies()
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let desk = SyncDesk(house.context)
    let isChange =
      companies != nil || !disputeTag.isEmpty || !neverRemindTag.isEmpty
      || answerPauseHours != nil || requestsPerMinute != nil
    var changed = false
    if isChange {
      let (disputes, silent) = (Self.tags(disputeTag), Self.tags(neverRemindTag))
      let (hours, pace) = (answerPauseHours, requestsPerMinute)
      changed = try await desk.set(
        organisation.id, by: house.author(.settings, in: organisation.id), via: "cli"
      ) { settings in
        if let companies { settings.companies = companies }
        if let disputes { settings.disputeTags = disputes }
        if let silent { settings.neverRemindTags = silent }
        if let hours { settings.answerPause = .seconds(min(max(hours, -1), 1_000_000) * 3600) }
        if let pace { settings.requestsPerMinute = pace }
      }
    }
    let state = try await desk.state(organisation.id)
    let time = LocalTime(organisation.profile.zone)
    console.emit([
      "changed": .bool(changed), "settings": .object(state.settings.json),
      "kinds": .array(state.entries.map { .object(Self.json($0)) }),
    ])
    if isChange { console.say(changed ? "Set." : "Nothing changed.") }
    console.show(Self.rendered(state.settings, state.entries, time, console.style))
  }

  private func wantedCompanies() throws -> [Int64]? {
    if company.isEmpty { return nil }
    if company == ["all"] { return [] }
    return try Set(company).map { text in
      guard let id = Int64(text), id > 0 else {
        throw Failure(
          .usage, "sync.companies", "--company must be a number above 0, or all.",
          remedy: "Odoo shows a company's id in its address bar.")
      }
      return id
    }.sorted()
  }

  private static func tags(_ given: [String]) -> [String]? {
    if given.isEmpty { return nil }
    return given == ["none"] ? [] : given
  }

  private static func json(_ entry: SyncDesk.Entry) -> JSONObject {
    [
      "kind": .string(entry.kind.rawValue),
      "as_of": entry.cursor?.confirmedAt.map { .string($0.rfc3339) } ?? .null,
      "reading_all": .bool(entry.cursor?.isReadingAll ?? true),
    ]
  }

  private static func rendered(
    _ settings: SyncSettings, _ entries: [SyncDesk.Entry], _ time: LocalTime, _ style: Style
  ) -> String {
    let hours = settings.answerPause.components.seconds / 3600
    func list(_ values: [String], _ none: String) -> String {
      values.isEmpty ? none : values.joined(separator: ", ")
    }
    var table = TextTable([.left(""), .left("")])
    table.add(["companies", list(settings.companies.map(String.init), "all that the user sees")])
    table.add(["dispute tags", list(settings.disputeTags, "none")])
    table.add(["never-remind tags", list(settings.neverRemindTags, "none")])
    table.add(["an answer holds back", hours == 0 ? "nothing" : "for \(hours) h"])
    table.add(["requests a minute", "at most \(settings.requestsPerMinute)"])
    for entry in entries {
      let done = entry.cursor?.confirmedAt.map { "as of \(time.text($0))" } ?? "never read whole"
      let isReading = entry.cursor?.isReadingAll == true
      table.add([OdooSyncView.words(entry.kind), isReading ? "\(done), being read" : done])
    }
    return table.rendered(style: style, headings: false)
  }
}
