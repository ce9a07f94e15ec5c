import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct OrgSetCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change settings of an organisation.",
    discussion: Examples.after(
      """
      Only what is named changes. A changed sender voids approvals that were given with the old one:
      what was approved is what is sent.
      """,
      "aiom org set --sender \"Acme Billing <billing@acme.example>\"",
      "aiom org set --org north --window 08:00-18:00 --days 1-6 --undo-seconds 30",
      "aiom org set --ladder fine", "aiom org set --ladder 10/20/40 --remind-interval 7",
      "aiom org set --confirm-payments on",
      "aiom org set --weight 3 --email-rate 120/minute --sms-calls 4",
      "aiom org set --books odoo --odoo-url https://acme.odoo.com --odoo-db acme --odoo-user bot@acme.example",
      "aiom org set --cap email.org.hour=200 --cap sms.partner.day=1 --cool-down-email 480",
      "aiom org set --alert runway_days=90 --alert receivables_90=20000"))

  @OptionGroup var organisation: OrganisationOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let existing = try await house.organisation()
    var form = OrganisationForm(existing)
    let fields = form.apply(organisation)
    guard !fields.isEmpty else {
      throw Failure(
        .usage, "org.nothing_to_set", "Nothing to change was given.",
        remedy: "See `aiom org set --help`.")
    }
    let wanted = try form.organisation(at: existing.createdAt).get()
    let changed = existing.taking(wanted, at: SystemClock.now())
    try await OrganisationWriter(
      store: house.store, author: house.author(.settings, in: existing.id)
    )
    .change(changed, fields: fields, of: existing)
    console.emit(OrganisationView.json(changed))
    console.show(OrganisationView.rendered(changed))
  }
}

extension Organisation {
  /// This organisation with the settings that a form has; the others stay.
  /// - Parameter now: since when what is switched on now counts.
  func taking(_ other: Organisation, at now: Instant) -> Organisation {
    var copy = self
    copy.profile = other.profile
    copy.mode = other.mode
    copy.sender = other.sender
    copy.replyTo = other.replyTo
    copy.undoSeconds = other.undoSeconds
    copy.ladder = other.ladder
    copy.reminders = other.reminders
    copy.confirmsPaymentsSince = other.confirmsPaymentsSince.map { _ in
      confirmsPaymentsSince ?? now
    }
    copy.notifiesTasks = other.notifiesTasks
    copy.tellsPersons = other.tellsPersons
    copy.limits = other.limits
    copy.outreach = other.outreach
    copy.finance = other.finance
    copy.smtp2goKey = other.smtp2goKey
    copy.books = other.books
    return copy
  }
}
