import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@testable import Web

@Suite("Undo clock") struct UndoClockTests {
  @Test func `what is left of an undo window is said by the server, and nowhere else`() async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.house.change { $0.undoSeconds = 90 }
    let state = try await place.propose()
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    let path = "/actions/\(state.id.rawValue)"
    try await place.run { running in
      let waiting = try await running.ask("GET \(path)", fields)
      #expect(!waiting.body.contains("data-left"))
      try await place.house.approve(state.id)
      place.house.clock.advance(by: .seconds(30))
      for page in [path, "/activity"] {
        let answer = try await running.ask("GET \(page)", fields)
        #expect(answer.body.contains("role=\"timer\" data-left=\"60000\""), "\(page)")
        #expect(answer.body.contains("10:01:30 -05:00"), "without scripts the time stands there")
      }
    }
  }
}
