import ActionProtocol
import Engine

extension SQLTransaction: DeskReading {
  func actions(_ org: OrgID, ids: [ActionID]) throws -> [ActionState] {
    try sql.firsts(
      ActionColumns.select + " WHERE org_id = $1 AND action_id = $2",
      each: ids.map { [.text(org.rawValue), .text($0.rawValue)] }, ActionColumns.state
    ).compactMap(\.self)
  }

  func organisationIDs() throws -> [OrgID] {
    try sql.all("SELECT org_id FROM orgs ORDER BY org_id") { OrgID(rawValue: $0.text(0)) }
      .compactMap(\.self)
  }
}
