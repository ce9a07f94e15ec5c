import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import Testing

@testable import App

@Suite struct OrganisationFormTests {
  private func valid() -> OrganisationForm {
    var form = OrganisationForm()
    form.name = "Müller & Söhne GmbH"
    form.country = "de"
    form.fillDefaults(sender: nil)
    return form
  }

  private func failure(_ form: OrganisationForm) -> Failure? {
    if case .failure(let failure) = form.organisation(at: Instant(milliseconds: 0)) {
      return failure
    }
    return nil
  }

  @Test func `the country and the name suggest the rest`() throws {
    let organisation = try valid().organisation(at: Instant(milliseconds: 0)).get()
    #expect(organisation.id.rawValue == "muller-sohne-gmbh")
    #expect(organisation.profile.zone.identifier == "Europe/Berlin")
    #expect(organisation.profile.currency.code == "EUR")
    #expect(organisation.profile.locale == "de_DE")
    #expect(organisation.profile.country == "DE")
    #expect(organisation.profile.windowDays == [1, 2, 3, 4, 5])
    #expect(organisation.mode == .sandbox)
    #expect(organisation.undoSeconds == 60)
    #expect(organisation.sender == nil)
  }

  private static func path(_ field: String) -> WritableKeyPath<OrganisationForm, String> {
    switch field {
    case "--org": \.id
    case "--name": \.name
    case "--country": \.country
    case "--zone": \.zone
    case "--currency": \.currency
    case "--locale": \.locale
    case "--sender": \.sender
    case "--reply-to": \.replyTo
    case "--window": \.window
    case "--days": \.days
    case "--mode": \.mode
    case "--ladder": \.ladder
    case "--smtp2go-key": \.smtp2goKey
    default: \.undoSeconds
    }
  }

  @Test(
    arguments: [
      ("--org", "Acme Corp"), ("--name", ""), ("--name", "a\nb"), ("--country", "Germany"),
      ("--country", "ZZ"), ("--zone", "CET+1"), ("--currency", "DM"), ("--locale", "de DE!"),
      ("--sender", "nobody"), ("--sender", "noreply@yourdomain.com"), ("--reply-to", "x"),
      ("--window", "9-5"), ("--window", "09:00-09:00"), ("--days", "0-5"), ("--days", "5-1"),
      ("--days", ""), ("--mode", "prod"), ("--undo-seconds", "-1"), ("--undo-seconds", "3601"),
      ("--ladder", ""), ("--ladder", "coarse"), ("--ladder", "30/15"), ("--ladder", "0/10"),
      ("--ladder", "10//20"), ("--ladder", "15/15"), ("--smtp2go-key", "api-0123456789"),
      ("--smtp2go-key", "env:"), ("--smtp2go-key", "file:a b"),
    ])
  func `a wrong field is named`(_ field: String, _ value: String) {
    var form = valid()
    form[keyPath: Self.path(field)] = value
    #expect(failure(form)?.message.contains(field) == true)
  }

  @Test func `everything that is wrong is said at once`() {
    var form = OrganisationForm()
    form.window = "x"
    form.mode = "y"
    let message = failure(form)?.message ?? ""
    for field in ["--org", "--name", "--country", "--zone", "--currency", "--window", "--mode"] {
      #expect(message.contains(field))
    }
  }

  @Test(
    arguments: [
      ("1-5", [1, 2, 3, 4, 5]), ("1,3,7", [1, 3, 7]), ("1-2, 6", [1, 2, 6]), ("7", [7]),
    ])
  func `days are lists and ranges`(_ text: String, _ days: [Int]) throws {
    var form = valid()
    form.days = text
    let organisation = try form.organisation(at: Instant(milliseconds: 0)).get()
    #expect(organisation.profile.windowDays == days)
  }

  @Test(
    arguments: [
      ("standard", [15, 30, 60, 90]), ("fine", [1, 7, 14, 30, 60, 90]), ("10/20/40", [10, 20, 40]),
      ("5", [5]), (" 7 / 14 ", [7, 14]),
    ])
  func `a ladder is a shipped one or ascending days`(_ text: String, _ steps: [Int]) throws {
    var form = valid()
    form.ladder = text
    form.smtp2goKey = "file:/etc/aiom/key"
    let organisation = try form.organisation(at: Instant(milliseconds: 0)).get()
    #expect(organisation.ladder == steps)
    #expect(organisation.smtp2goKey == "file:/etc/aiom/key")
    let other = try valid().organisation(at: Instant(milliseconds: 0)).get()
    #expect(other.taking(organisation, at: organisation.createdAt).ladder == steps)
  }

  @Test func `the form of an organisation gives the same organisation back`() throws {
    var form = valid()
    form.sender = "Billing <billing@muller.example>"
    form.undoSeconds = "0"
    let organisation = try form.organisation(at: Instant(milliseconds: 5)).get()
    #expect(
      try OrganisationForm(organisation).organisation(at: organisation.createdAt).get()
        == organisation)
  }

  @Test(arguments: ["US", "DE", "GB", "FR", "JP", "IN", "BR", "CH", "ZA"])
  func `what a country suggests is valid`(_ country: String) {
    var form = OrganisationForm()
    form.name = "X"
    form.country = country
    form.fillDefaults(sender: nil)
    #expect(failure(form) == nil)
  }
}
