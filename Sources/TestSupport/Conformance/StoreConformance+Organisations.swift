import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights

extension StoreConformance {
  static let organisations = [
    StoreConformance("an org comes back as it was saved, and as it was saved again") { store in
      var organisation = try Sample.organisation()
      let plain = organisation
      organisation.profile.name = "Harbor & Söhne"
      organisation.profile.postalAddress = nil
      organisation.profile.windowDays = [1, 7]
      organisation.mode = .live
      organisation.sender = nil
      organisation.replyTo = try Mailbox("Replies <replies@harbor.example>")
      organisation.smsSender = try PhoneNumber(e164: "+16175550123")
      organisation.smtp2goKey = "file:key.txt"
      organisation.books = OrgBooks(
        .odoo, url: "https://harbor.example", database: "harbor", user: "bot", key: "env:BOT",
        project: 7, notesReminders: false)
      (organisation.books.documents.links, organisation.books.documents.files) = (true, true)
      organisation.books.documents.fileLimit = 100
      organisation.books.documents.hosts = ["harbor.example", "pay.harbor.example"]
      organisation.undoSeconds = 0
      organisation.coolDowns = CoolDowns(email: .milliseconds(1), sms: .zero)
      organisation.caps = .none
      organisation.caps[OutreachCap(.customer, .email, .org, .day)] = 7
      organisation.outreach.drain = DrainPace(spread: .seconds(60), perMinute: 3)
      organisation.ladder = [1, 7, 14]
      let changed = organisation
      try await store.write { store in
        try store.save(plain)
        try same(try store.organisation(plain.id), plain, "saved")
        try store.save(changed)
        try same(try store.organisation(plain.id), changed, "saved again")
        try same(try store.organisations(), [changed], "all orgs")
        try check(try store.organisation(Sample.org("other")) == nil, "an unknown org")
      }
    },
    StoreConformance("a value of the installation is set, replaced and taken away") { store in
      try await store.write { store in
        try same(try store.installationValue("org"), nil, "before")
        try store.setInstallationValue("org", to: "acme")
        try store.setInstallationValue("org", to: "other")
        try same(try store.installationValue("org"), "other", "replaced")
        try same(try store.installationValue("ORG"), nil, "another key")
        try store.setInstallationValue("org", to: nil)
        try same(try store.installationValue("org"), nil, "taken away")
      }
    },
    StoreConformance("an action of an org that is not there is refused") { store in
      let state = Sample.action(1)
      try await refused(store, "an action without an org") {
        try $0.insert(state, Sample.revision(of: state), records: [])
      }
    },
  ]
}
