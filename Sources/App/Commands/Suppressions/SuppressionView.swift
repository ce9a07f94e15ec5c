import Cards
import Decisions
import Engine

/// Suppressions for people and programs.
struct SuppressionView {
  let time: LocalTime

  func table(_ suppressions: [Suppression]) -> TextTable {
    var table = TextTable([
      .left("ID"), .left("ADDRESS"), .left("CHANNEL"), .left("FORBIDS"), .left("WHY"),
      .left("SINCE"), .left("UNTIL"), .left("FROM"),
    ])
    for one in suppressions {
      table.add([
        one.id, one.addressText ?? "(erased)", one.channel.rawValue, one.scope.rawValue,
        StateWording.reason(one.reason), time.text(one.createdAt),
        one.expiresAt.map(time.text) ?? "", one.source,
      ])
    }
    return table
  }
}
