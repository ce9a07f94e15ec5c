import ActionProtocol
import Addressing
import Engine

/// What a person said about a sender, read; everything that is wrong is said at once.
struct SenderForm: Sendable {
  private(set) var mailbox: Mailbox?
  private(set) var replyTo: Mailbox??
  private(set) var smsSender: PhoneNumber??
  private(set) var owner: SenderIdentities.Owner?
  private(set) var purposes: Set<SenderPurpose>?

  /// - Throws: ``Failure`` naming every field that is wrong.
  init(_ options: SenderOptions) throws {
    var check = FieldCheck()
    if let text = options.mailbox {
      mailbox = check.mailbox("--mailbox", text)
      if text.isEmpty { check.refuse("--mailbox", "is missing") }
    }
    if let text = options.replyTo { replyTo = .some(check.mailbox("--reply-to", text)) }
    if let text = options.smsSender { smsSender = .some(check.number("--sms-sender", text)) }
    owner = check.owner(options.salesperson, options.userId)
    if let text = options.kinds { purposes = check.purposes(text) }
    guard check.problems.isEmpty else { throw Self.failure(check.problems) }
  }

  /// The sender to add.
  func wish() throws -> SenderIdentities.Wish {
    guard let mailbox else {
      throw Self.failure([.init(field: "--mailbox", text: "is missing")])
    }
    return SenderIdentities.Wish(
      mailbox: mailbox, replyTo: replyTo ?? nil, smsSender: smsSender ?? nil,
      owner: owner ?? .organisation, purposes: purposes)
  }

  /// What to change of one.
  var change: SenderIdentities.Change {
    SenderIdentities.Change(
      mailbox: mailbox, replyTo: replyTo, smsSender: smsSender, owner: owner, purposes: purposes)
  }

  var isEmpty: Bool { change == SenderIdentities.Change() }

  private static func failure(_ problems: [OrganisationForm.Problem]) -> Failure {
    Failure(
      .refused, "sender.invalid",
      problems.map { "\($0.field) \($0.text)." }.joined(separator: "\n"),
      remedy: "Correct these and run the command again; nothing was stored.",
      details: [
        "problems": .array(
          problems.map { ["field": .string($0.field), "problem": .string($0.text)] })
      ])
  }
}

extension FieldCheck {
  /// A number of one's own; empty is none.
  fileprivate mutating func number(_ field: String, _ text: String) -> PhoneNumber? {
    if text.isEmpty { return nil }
    return read(field, "must be a number such as +15551234567; the provider documents no names") {
      try? PhoneNumber(e164: text)  // the rule says it all
    }
  }

  fileprivate mutating func owner(
    _ name: String?, _ user: Int64?
  ) -> SenderIdentities.Owner? {
    if let name { line("--salesperson", name, required: false) }
    switch (name, user) {
    case (nil, nil): return nil
    case (""?, nil): return .organisation
    case (let name?, nil): return .salesperson(named: name)
    case (nil, _?), (""?, _?):
      refuse("--user-id", "needs the person's name too: --salesperson")
      return nil
    case (let name?, let user?):
      if user <= 0 { refuse("--user-id", "must be a positive number") }
      return .user(Salesperson(userID: user, name: name))
    }
  }

  fileprivate mutating func purposes(_ text: String) -> Set<SenderPurpose>? {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { String($0).trimmingSpaces }
    let all = SenderPurpose.allCases.map(\.rawValue).joined(separator: ", ")
    return read("--kinds", "must be some of \(all), with commas") {
      let found = names.compactMap { SenderPurpose(rawValue: $0) }
      return found.count == names.count ? Set(found) : nil
    }
  }
}
