import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// What a template makes of an org's own records.
@Suite struct MessagePreviewTests {
  private func preview(
    _ house: EngineHouse, _ template: TemplateDefinition, language: String? = nil,
    customer: String? = nil
  ) async throws -> MessagePreview.Shown {
    try await MessagePreview(house.context).real(
      house.org, template, language: language, customer: customer)
  }

  @Test func `a reminder is filled from what is overdue, and nothing is stored`() async throws {
    let house = try await EngineHouse.withAcme()
    let shown = try await preview(house, TemplateCatalogue.invoiceReminder)
    #expect(shown.about == "Acme Corp" && shown.language == "en")
    #expect(shown.message.text.contains("INV-2024-001"))
    #expect(shown.message.text.contains("$5,000.00"))
    let german = try await preview(
      house, TemplateCatalogue.invoiceReminder, language: "de", customer: "Acme Corp")
    #expect(
      german.language == "de" && german.message.text.contains("Ihre Rechnung ist seit 60 Tagen"))
    #expect(try await house.actions().isEmpty)
  }

  @Test func `a confirmation is filled from the last payment`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.pay("P", "INV-2024-001", 120_000)
    let shown = try await preview(house, TemplateCatalogue.paymentConfirmation)
    #expect(shown.message.text.contains("$1,200.00") && shown.message.text.contains("$3,800.00"))
  }

  @Test func `a follow-up is filled from a stalled deal`() async throws {
    let house = try await EngineHouse.withStalledDeal()
    let shown = try await preview(house, TemplateCatalogue.dealFollowUp, customer: "Buyer")
    #expect(shown.message.text.contains("Hundred gates") && shown.about == "Buyer")
  }

  @Test func `without a record that suits it says so`() async throws {
    let house = try await EngineHouse.withAcme()
    for (template, customer) in [
      (TemplateCatalogue.dealFollowUp, nil), (TemplateCatalogue.invoiceReminder, "Nobody"),
      (TemplateCatalogue.paymentConfirmation, nil),
    ] as [(TemplateDefinition, String?)] {
      let error = await #expect(throws: DecisionError.self) {
        _ = try await preview(house, template, customer: customer)
      }
      #expect(error?.code == "template.no_record")
    }
    let sample = try MessagePreview(house.context).sample(
      TemplateCatalogue.taskNotification, language: "de-AT")
    #expect(sample.language == "de" && sample.about == nil)
  }
}
