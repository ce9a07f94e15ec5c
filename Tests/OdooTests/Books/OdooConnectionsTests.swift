import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Connectors

/// Who may be asked, and who may be written to.
@Suite struct OdooConnectionsTests {
  private func connections(
    _ delivery: DeliveryMode = .sandbox, url: String? = "http://127.0.0.1:8069",
    key: String? = "0123456789"
  ) -> OdooConnections {
    OdooConnections(
      settings: OdooConnectionSettings(
        delivery: delivery, url: url, database: "acme", user: "bot", key: { _ in key }))
  }

  private func organisation(_ mode: OrgMode, _ url: String? = nil) -> Organisation {
    var organisation = BooksSupport.organisation(OrgBooks(.odoo, url: url))
    organisation.mode = mode
    return organisation
  }

  private func code(_ connections: OdooConnections, _ organisation: Organisation) async -> String? {
    defer { Task { await connections.shutdown() } }
    if case .failure(let refusal) = connections.client(for: organisation) { return refusal.code }
    return nil
  }

  @Test func `an address and a key are needed`() async {
    #expect(await code(connections(url: nil), organisation(.live)) == "odoo_url_missing")
    #expect(await code(connections(key: nil), organisation(.live)) == "odoo_key_missing")
  }

  @Test func `a sandbox org stays on this machine, and plain http with it`() async {
    let far = "https://acme.odoo.com"
    #expect(
      await code(connections(), organisation(.sandbox, far)) == "sandbox_org_beyond_loopback")
    #expect(
      await code(connections(), organisation(.sandbox, "https://127.0.0.1.example"))
        == "sandbox_org_beyond_loopback")
    #expect(
      await code(connections(.live), organisation(.live, "http://acme.odoo.com"))
        == "odoo.base_url.insecure")
  }

  @Test(arguments: [
    (DeliveryMode.live, "https://acme.odoo.com", nil),
    (.sandbox, "http://127.0.0.1:8069", nil),
    (.sandbox, "https://acme.odoo.com", "sandbox_delivery_beyond_loopback"),
    (.redirect, "https://acme.odoo.com", "rehearsal_writes_nothing"),
    (.redirect, "http://127.0.0.1:8069", "rehearsal_writes_nothing"),
  ])
  func `only live delivery writes beyond this machine, and a rehearsal nowhere`(
    _ delivery: DeliveryMode, _ url: String, _ refusal: String?
  ) {
    let found = connections(delivery).writeRefusal(for: organisation(.live, url))
    #expect(found?.code == refusal)
  }
}
