import ActionProtocol
import Cards
import Decisions
import Engine
import Insights

/// What the deciding commands share: the organisation, finding an action, showing it.
struct ActionDesk: Sendable {
  let house: House
  let organisation: Organisation

  init(_ house: House) async throws {
    self.house = house
    organisation = try await house.organisation()
  }

  init(_ house: House, _ organisation: Organisation) {
    self.house = house
    self.organisation = organisation
  }

  var reader: ActionReader { ActionReader(house.context) }
  var approvals: Approvals { Approvals(house.context) }
  var org: OrgID { organisation.id }
  var time: LocalTime { LocalTime(organisation.profile.zone) }

  /// Who does something here that takes a right.
  /// - Throws: ``AccessError`` where they do not hold it in this org.
  func author(_ right: Right) async throws -> Author { try await house.author(right, in: org) }

  /// The action of an id or its beginning.
  func find(_ text: String) async throws -> ActionState {
    try await reader.resolve(org, text)
  }

  func card(_ text: String) async throws -> ActionCard {
    try await card(of: find(text).id)
  }

  func card(of id: ActionID) async throws -> ActionCard {
    guard let card = try await reader.card(org, id) else {
      throw Failure(
        .refused, "action.unknown", "There is no action \(id.rawValue) in \(org.rawValue).",
        remedy: "`aiom action list` lists them.")
    }
    return card
  }

  func rendered(_ card: ActionCard, _ console: Console, showsHTML: Bool = false) -> String {
    CardView(card: card, showsHTML: showsHTML)
      .rendered(style: console.style, width: console.width)
  }

  /// The outcome of a decision, for people and programs.
  func announce(_ state: ActionState, _ sentence: String, _ console: Console) {
    console.emit(["action": state.json])
    console.say(sentence)
    if let hold = state.hold, let way = StateWording.wayOut(hold.reason) { console.say(way) }
  }

  /// When an approved action is carried out, in words.
  func whenExecuted(_ state: ActionState) -> String {
    guard let hold = state.hold else {
      return "It is due: `aiom serve` or `aiom action run \(state.id.rawValue)` carries it out."
    }
    let until = hold.until.map { " until \(time.text($0))" } ?? ""
    return "It waits (\(StateWording.hold(hold.reason)))\(until)."
  }
}
