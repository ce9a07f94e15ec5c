import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("Desk keys") struct DeskKeyTests {
  @Test func `no two pages have the same key, and every page of the header has one`() async throws {
    #expect(Set(DeskKeys.places.values).count == DeskKeys.places.count)
    let place = try await AccessPlace()
    try await place.addOwner()
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask("GET /inbox", Browsing.fields(session))
      let header = try #require(page.body.split(separator: "</nav>").first)
      for link in header.split(separator: "<a href=\"").dropFirst(3) {
        #expect(link.contains("data-key=\"") || link.contains("class="), "\(link)")
      }
    }
  }

  @Test(arguments: [(RiskLevel.medium, true), (.high, false), (.critical, false)])
  func `a key presses approval at once only below a high risk`(
    _ risk: RiskLevel, _ isAtOnce: Bool
  ) async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addCustomers()
    var proposal = try place.proposal()
    proposal.riskLevel = risk
    let outcome = try await Intake(place.engine).submit(
      proposal, by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    let state = try #require(outcome.state)
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask(
        "GET /actions/\(state.id.rawValue)", Browsing.fields(session))
      #expect(page.body.contains("data-key=\"a\""))
      let main = page.body.components(separatedBy: "<script")[0]
      #expect(main.contains("data-at-once") == (state.risk < .high))
      if !isAtOnce { #expect(state.risk >= .high) }
      // Keys lie on the page's own forms; no other way to decide comes with them.
      #expect(page.body.components(separatedBy: "/approve\"").count == 2)
    }
  }

  @Test func `whoever may only look finds no key that decides`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.add("vic", .viewer)
    let state = try await place.propose()
    let session = try await place.session("vic")
    try await place.run { running in
      let page = try await running.ask(
        "GET /actions/\(state.id.rawValue)", Browsing.fields(session))
      let main = try #require(
        page.body.split(separator: "<main").last?.split(separator: "<script").first)
      #expect(page.status == 200 && !main.contains("data-key"))
    }
  }

  @Test func `a customer's page says which part answers which question`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...1)
    let session = try await place.session("ann")
    let customers = try await Customers(place.engine).page(place.house.org, CustomerFilter())
    let id = try #require(customers.lines.first?.record.id)
    try await place.run { running in
      let page = try await running.ask(
        "GET /customers/\(id.rawValue)", Browsing.fields(session))
      for question in ["owed", "next", "held", "sent"] {
        #expect(
          page.body.contains("id=\"\(question)\" data-answers=\"\(question)\""), "\(question)")
      }
    }
  }
}
