import ActionProtocol
import Connectors
import Decisions
import Engine

/// What a changed sender is shown as, with what the provider says of it.
struct SenderChangeView {
  let house: House
  let console: Console
  let offline: Bool

  func show(_ changed: SenderIdentity, asked: Int, said: String) async throws {
    let (sender, facts) = try await checked(changed)
    let boxes = SenderIdentityBoxes(sender, facts, await policies(sender)).all
    console.emit([
      "sender": SenderView.json(sender), "asked_again": .integer(Int64(asked)),
      "boxes": .array(boxes.map(\.json)),
    ])
    console.say(said)
    if asked > 0 { console.say(Self.askedAgain(asked)) }
    if !sender.isUsable {
      console.warn(
        "The provider would refuse \(sender.id.rawValue): until it is verified, messages go out "
          + "under the organisation's sender. `aiom sender check \(sender.id.rawValue)` asks again."
      )
    }
    console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
  }

  static func askedAgain(_ count: Int) -> String {
    count == 1
      ? "1 action that waited under it asks for approval again."
      : "\(count) actions that waited under it ask for approval again."
  }

  private func policies(_ sender: SenderIdentity) async -> SenderPolicies {
    guard !offline, let organisation = try? await house.organisation() else { return .offline }
    return await .look([sender.mailbox], isSandbox: organisation.mode == .sandbox)
  }

  private func checked(
    _ sender: SenderIdentity
  ) async throws -> (SenderIdentity, VendorSenderFacts?) {
    guard !offline, let organisation = try? await house.organisation() else { return (sender, nil) }
    let report = try? await SenderCheck(house.context).check(
      organisation.id, by: house.author(.settings, in: organisation.id), via: "cli")
    await house.closeConnections()
    return (report?.organisation.identity(sender.id) ?? sender, report?.facts)
  }
}
