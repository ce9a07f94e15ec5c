import ActionProtocol
import Engine

extension DemoCompany {
  /// Deals in several stages; those without activity for a month and more are stalled.
  static func deals(today: LocalDate) throws -> [DealRow] {
    let money = try money(in: "USD")
    return dealTable.enumerated().map { index, deal in
      DealRow(
        externalID: "D-\(index + 1)", name: deal.name, partner: deal.partner, stage: deal.stage,
        value: money(deal.value), expectedClose: today.adding(days: deal.closes),
        lastActivityOn: today.adding(days: -deal.idle), state: deal.state)
    }
  }

  private struct Deal {
    var name: String
    var partner: String
    var stage: String
    var value: Int64
    var closes: Int
    var idle: Int
    var state = DealRow.State.open

    init(_ name: String, _ partner: String, _ stage: String, _ value: Int64) {
      (self.name, self.partner, self.stage, self.value) = (name, partner, stage, value)
      (closes, idle) = (0, 0)
    }

    func closing(in days: Int, idle: Int, _ state: DealRow.State = .open) -> Deal {
      var copy = self
      (copy.closes, copy.idle, copy.state) = (days, idle, state)
      return copy
    }
  }

  private static let dealTable = [
    Deal("Warehouse shelving, phase 2", "Granite State Logistics", "Proposition", 2_450_000)
      .closing(in: 20, idle: 6),
    Deal("Annual maintenance contract", "Redwood Data Services", "Negotiation", 4_800_000)
      .closing(in: 11, idle: 3),
    Deal("Lobby refurbishment", "Harbor Light Hotels", "Qualified", 1_120_000)
      .closing(in: 45, idle: 58),
    Deal("Reading room furniture", "Evergreen School District 12", "Proposition", 960_000)
      .closing(in: -9, idle: 34),
    Deal("Tasting room build-out", "Quarry Road Brewing", "New", 385_000)
      .closing(in: 60, idle: 2),
    Deal("Crane control retrofit", "Cobalt Ridge Mining LLC", "Negotiation", 7_200_000)
      .closing(in: -21, idle: 47),
    Deal("Office fit-out", "Dunmore & Pike Architects", "Qualified", 640_000)
      .closing(in: 33, idle: 12),
    Deal("Fleet telematics", "Meridian Freight Partners", "New", 1_875_000)
      .closing(in: 75, idle: 1),
    Deal("Signage package", "Keystone Print Works", "Won", 228_000)
      .closing(in: -4, idle: 4, .won),
    Deal("Reception desk", "Silverline Clinics", "Qualified", 175_000)
      .closing(in: -30, idle: 30, .lost),
  ]

  /// What the company's own people have to do; two are late.
  static func tasks(today: LocalDate) -> [TaskRow] {
    let task = {
      (number: Int, name: String, project: String, stage: String, due: Int, priority: String) in
      TaskRow(
        externalID: "T-\(number)", name: name, project: project, stage: stage,
        deadline: today.adding(days: due), priority: priority)
    }
    var done = task(6, "Send price list to Tamarack Outfitters", "Sales", "Done", -6, "1")
    done.isDone = true
    return [
      task(1, "Order shelving brackets", "Granite State rollout", "In Progress", 5, "1"),
      task(2, "Site survey in Denver", "Granite State rollout", "New", -3, "2"),
      task(3, "Check delivery papers of Harbor Light Hotels", "Collections", "New", -8, "2"),
      task(4, "Call Lone Pine Hardware for an e-mail address", "Collections", "New", 2, "1"),
      task(5, "Renew liability insurance", "Office", "In Progress", 27, "3"),
      done,
    ]
  }
}
