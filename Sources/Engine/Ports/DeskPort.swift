import ActionProtocol
import Decisions

/// What only the pages of the desk ask for.
public protocol DeskReading {
  /// Those of the actions that the org has, in the order given.
  func actions(_ org: OrgID, ids: [ActionID]) throws -> [ActionState]
  /// The ids of all orgs, in order; nothing else of them is read.
  func organisationIDs() throws -> [OrgID]
}
