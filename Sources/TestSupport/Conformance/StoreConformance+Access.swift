import ActionProtocol
import Addressing
import Decisions
import Engine

extension StoreConformance {
  static let access = people + credentials + secondFactors

  private static let people = [
    StoreConformance("persons, passwords and roles come back as they were saved") { store in
      let organisation = try Sample.organisation()
      let other = try Sample.organisation(Sample.org("other"))
      let (ann, bo) = (Sample.person("ann"), Sample.person("bo"))
      let password = Sample.password(1)
      try await store.write { store in
        try store.save(organisation)
        try store.save(other)
        try same(try store.hasPersons(), false, "nobody yet")
        try store.save(ann)
        try store.save(bo)
        try same(try store.hasPersons(), true, "somebody")
        try same(try store.persons(), [ann, bo], "by handle")
        try store.save(password, of: ann.id)
        try store.save(Sample.password(2), of: ann.id)
        try same(try store.password(of: ann.id), Sample.password(2), "the last one")
        try same(try store.password(of: bo.id), nil, "none")
        let owner = Membership(org: organisation.id, person: ann.id, role: .owner)
        try same(try store.add(owner), true, "given")
        try same(try store.add(owner), false, "given twice")
        let viewer = Membership(org: other.id, person: ann.id, role: .viewer)
        _ = try store.add(viewer)
        try same(try store.memberships(in: organisation.id), [owner], "of one org")
        try same(Set(try store.memberships(of: ann.id)), [owner, viewer], "of one person")
        try same(try store.remove(viewer), true, "taken")
        try same(try store.remove(viewer), false, "taken twice")
        var disabled = ann
        disabled.isActive = false
        disabled.email = nil
        try store.save(disabled)
        try same(try store.person(ann.id), disabled, "changed")
      }
    },
    StoreConformance("roles of one org are not another's, and the five cannot be redefined") {
      store in
      let organisation = try Sample.organisation()
      let other = try Sample.organisation(Sample.org("other"))
      let name = Sample.unwrap(RoleName(rawValue: "dunning"))
      let role = RoleRecord(
        org: organisation.id, name: name, rights: [.read, .decide], createdAt: Sample.later(0))
      try await store.write { store in
        try store.save(organisation)
        try store.save(other)
        try store.save(role)
        var wider = role
        wider.rights = [.read, .decide, .stop]
        try store.save(wider)
        try same(try store.roles(of: organisation.id), [wider], "changed")
        try same(try store.roles(of: other.id), [], "another org's")
        try store.removeRole(organisation.id, name)
        try same(try store.roles(of: organisation.id), [], "removed")
      }
      try await refused(store, "a role under a built-in name") {
        try $0.save(
          RoleRecord(
            org: organisation.id, name: .viewer, rights: [.decide], createdAt: Sample.later(0)))
      }
    },
  ]

  private static let credentials = [
    StoreConformance("sessions end one by one, all at once, and by age") { store in
      let ann = Sample.person("ann")
      let (old, new) = (
        Sample.session("1", at: Sample.later(0)), Sample.session("2", at: Sample.later(9))
      )
      try await store.write { store in
        try store.save(ann)
        try store.insert(old)
        try store.insert(new)
        try store.touchSession(new.digest, at: Sample.later(30))
        try store.touchSession(new.digest, at: Sample.later(20))
        try same(try store.session(new.digest)?.seenAt, Sample.later(30), "never backwards")
        try same(try store.sessions(of: ann.id).map(\.digest), [old.digest, new.digest], "all")
        try store.removeEndedAccess(
          sessionsBefore: Sample.later(1), failuresBefore: Sample.later(0))
        try same(try store.session(old.digest), nil, "too old")
        try same(try store.removeSession(new.digest), true, "ended")
        try same(try store.removeSession(new.digest), false, "ended twice")
        try store.insert(old)
        try same(try store.removeSessions(of: ann.id), 1, "everywhere")
      }
    },
    StoreConformance("a token is found by its digest in its org, and its name is free once revoked")
    {
      store in
      let organisation = try Sample.organisation()
      let other = try Sample.organisation(Sample.org("other"))
      let token = Sample.token("1", org: organisation.id, scopes: [.read, .propose])
      try await store.write { store in
        try store.save(organisation)
        try store.save(other)
        try store.save(Sample.person("ann"))
        try store.insert(token)
        try same(try store.token(token.digest), token, "by digest")
        try same(try store.tokens(of: other.id), [], "another org's")
        try store.touchToken(organisation.id, id: token.id, at: Sample.later(5))
        try same(
          try store.token(organisation.id, id: token.id)?.lastUsedAt, Sample.later(5), "used")
      }
      try await refused(store, "the name of a live token") {
        try $0.insert(Sample.token("2", org: organisation.id, scopes: [.read]))
      }
      try await store.write { store in
        try same(
          try store.revokeToken(organisation.id, id: token.id, at: Sample.later(6)), true, "revoked"
        )
        try same(
          try store.revokeToken(organisation.id, id: token.id, at: Sample.later(7)), false, "twice")
        try store.insert(Sample.token("2", org: organisation.id, scopes: [.read]))
      }
    },
    StoreConformance("the database refuses an agent's token with a right that needs a person") {
      store in
      let organisation = try Sample.organisation()
      try await store.write { store in
        try store.save(organisation)
        try store.save(Sample.person("ann"))
      }
      for right in Right.allCases where right.needsPerson {
        try await refused(store, right.rawValue) {
          try $0.insert(Sample.token("1", org: organisation.id, scopes: [.read, right]))
        }
      }
      try await store.write {
        try $0.insert(Sample.token("1", org: organisation.id, scopes: Right.forAgents))
      }
    },
    StoreConformance("a link counts once, and a new one voids the earlier") { store in
      let ann = Sample.person("ann")
      let (first, second) = (Sample.link("1", ann.id), Sample.link("2", ann.id))
      let owner = Sample.link("3", nil)
      try await store.write { store in
        try store.save(ann)
        try store.replaceLink(first)
        try store.replaceLink(owner)
        try store.replaceLink(second)
        try same(try store.link(first.digest), nil, "voided")
        try same(try store.link(owner.digest), owner, "another one's stays")
        try same(try store.takeLink(second.digest), true, "taken")
        try same(try store.takeLink(second.digest), false, "taken twice")
      }
    },
    StoreConformance("wrong passwords are counted under their key and forgotten") { store in
      let key = Digest.sha256([1])
      let failures = LoginFailures(count: 3, lastAt: Sample.later(4))
      try await store.write { store in
        try same(try store.loginFailures(key), nil, "none")
        try store.save(LoginFailures(count: 1, lastAt: Sample.later(1)), key)
        try store.save(failures, key)
        try same(try store.loginFailures(key), failures, "counted")
        try store.save(nil, key)
        try same(try store.loginFailures(key), nil, "forgotten")
      }
    },
  ]

  private static let secondFactors = [
    StoreConformance("no one-time code counts twice") { store in
      let ann = Sample.person("ann")
      try await store.write { store in
        var record = CodeRecord(person: ann.id, sealed: [1, 2, 3], createdAt: Sample.later(0))
        try store.save(ann)
        try store.saveCodeKey(record, of: ann.id)
        try same(try store.codeKey(of: ann.id), record, "saved")
        try same(try store.takeCode(of: ann.id, step: 10), true, "taken")
        try same(try store.takeCode(of: ann.id, step: 10), false, "replayed")
        try same(try store.takeCode(of: ann.id, step: 9), false, "earlier")
        try same(try store.takeCode(of: ann.id, step: 11), true, "later")
        record.confirmedAt = Sample.later(3)
        record.lastStep = 11
        try store.saveCodeKey(record, of: ann.id)
        try same(try store.codeKey(of: ann.id), record, "confirmed")
        try store.saveCodeKey(nil, of: ann.id)
        try same(try store.takeCode(of: ann.id, step: 12), false, "without a key")
      }
    },
    StoreConformance("a passkey is one person's, and a challenge is answered once") { store in
      let ann = Sample.person("ann")
      let key = PasskeyRecord(
        id: [7, 7], person: ann.id, name: "phone", publicKey: [UInt8](repeating: 4, count: 65),
        signCount: 1, createdAt: Sample.later(0))
      try await store.write { store in
        try store.save(ann)
        try store.insert(key)
        try store.touchPasskey(key.id, signCount: 2, at: Sample.later(1))
        try same(try store.passkeys(of: ann.id).map(\.signCount), [2], "counted")
        try same(
          try store.removePasskey(key.id, of: Sample.person("bo").id), false, "another's")
        try same(try store.removePasskey(key.id, of: ann.id), true, "removed")
        let challenge = ChallengeRecord(
          challenge: [UInt8](repeating: 5, count: 32), person: ann.id, purpose: .approve,
          action: .sha256([9]), expiresAt: store.now.advanced(by: .seconds(60)))
        try store.insert(challenge)
        try same(try store.takeChallenge(challenge.challenge), challenge, "taken")
        try same(try store.takeChallenge(challenge.challenge), nil, "taken twice")
        var late = challenge
        late.expiresAt = store.now
        try store.insert(late)
        try same(try store.takeChallenge(late.challenge), nil, "too late")
      }
    },
  ]
}
