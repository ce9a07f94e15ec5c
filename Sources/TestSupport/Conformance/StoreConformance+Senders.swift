import ActionProtocol
import Addressing
import Engine
import Insights

extension StoreConformance {
  static let senders = [
    StoreConformance("a sender comes back with its org as it was saved, and is taken away") {
      store in
      let organisation = try Sample.organisation()
      try await store.write { store in
        var ann = try Sample.sender("ann")
        try store.save(organisation)
        try store.save(ann, org: organisation.id)
        try same(try store.organisation(organisation.id)?.identities, [ann], "saved")
        ann.replyTo = nil
        ann.smsSender = nil
        ann.salesperson = nil
        ann.purposes = [.customMessage]
        (ann.standing, ann.checkedAt) = (.unverified, Sample.later(1))
        try store.save(ann, org: organisation.id)
        try same(try store.organisation(organisation.id)?.identities, [ann], "saved again")
        try store.save(organisation)
        try same(try store.organisation(organisation.id)?.identities, [ann], "beside the org")
        try check(try store.removeSender(ann.id, org: organisation.id), "not removed")
        try check(try !store.removeSender(ann.id, org: organisation.id), "removed twice")
        try same(try store.organisation(organisation.id)?.identities, [], "removed")
      }
    },
    StoreConformance("a kind has one sender for each person and one for the org") { store in
      let organisation = try Sample.organisation()
      let ann = try Sample.sender("ann")
      var other = try Sample.sender("other")
      try await store.write { store in
        try store.save(organisation)
        try store.save(ann, org: organisation.id)
      }
      let taken = other
      try await refused(store, "a kind that the person has a sender for") {
        try $0.save(taken, org: organisation.id)
      }
      other.salesperson = nil
      let own = other
      try await store.write { try $0.save(own, org: organisation.id) }
      let found = try await store.read { try $0.organisation(organisation.id)?.identities }
      try same(found?.map(\.id), [ann.id, own.id], "oldest first, then by name")
    },
    StoreConformance("senders and users of one org are not another's") { store in
      let (acme, other) = (try Sample.organisation(), try Sample.organisation(Sample.org("other")))
      let ann = try Sample.sender("ann")
      try await store.write { store in
        try store.save(acme)
        try store.save(other)
        try store.save(ann, org: acme.id)
        try same(try store.organisation(other.id)?.identities, [], "another org's")
        try check(try !store.removeSender(ann.id, org: other.id), "removed by another org")
        let first = try store.ledgerUser(named: "Ann Lee", org: acme.id)
        try same(try store.ledgerUser(named: "ANN LEE", org: acme.id), first, "one person")
        try check(try store.ledgerUser(named: "Bob", org: acme.id) != first, "two persons")
        try same(try store.ledgerUser(acme.id, first), "Ann Lee", "as first written")
        try same(try store.ledgerUser(other.id, first), nil, "a user of another org")
      }
    },
    StoreConformance("a revision keeps its sender, and what waits under one is found") { store in
      try await store.put([Sample.action(9)])
      let choice = SenderChoice(
        .salesperson, sender: try Sample.sender("ann").id, salesperson: "Ann Lee")
      let states = [Sample.action(1), Sample.action(2, .approved), Sample.action(3, .rejected)]
      try await store.write { store in
        for state in states {
          var revision = Sample.revision(of: state)
          revision.choice = choice
          try store.insert(state, revision, records: [])
        }
        let org = Sample.org()
        try same(try store.revision(org, Sample.id(1), 1)?.choice, choice, "the choice")
        try same(try store.revision(org, Sample.id(9), 1)?.choice, nil, "no choice")
        let sender = Sample.unwrap(choice.sender)
        let found = try store.liveActions(org, under: sender, limit: 10)
        try same(found.map(\.id), [Sample.id(1), Sample.id(2)], "what waits")
        try same(try store.liveActions(org, under: sender, limit: 1).count, 1, "the limit")
        try same(
          try store.liveActions(Sample.org("other"), under: sender, limit: 10), [], "another org")
      }
    },
  ]
}

extension Sample {
  /// A sender of user 7's.
  static func sender(_ id: String) throws -> SenderIdentity {
    SenderIdentity(
      id: unwrap(SenderID(rawValue: id)),
      mailbox: try Mailbox("\"Lee, Ännchen\" <\(id)@harbor.example>"),
      replyTo: try Mailbox("sales@harbor.example"),
      smsSender: try PhoneNumber(e164: "+16175550199"),
      salesperson: Salesperson(userID: 7, name: "Ännchen Lee"),
      purposes: [.dealFollowUp, .dealCheckIn], createdAt: start)
  }
}
