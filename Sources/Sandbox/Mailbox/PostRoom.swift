import Foundation

/// Takes accepted messages, decides what becomes of them, and tells whoever has asked to be told.
struct PostRoom: Sendable {
  let store: MailboxStore
  let courier: WebhookCourier
  let clock: @Sendable () -> Date

  /// The sandbox's clock, cut to what the state file keeps.
  var now: Date { VendorDate.wholeMilliseconds(clock()) }

  /// Keeps a mail. One that leaves at once is on its way before this returns.
  func accept(_ message: SandboxMessage) throws {
    var message = message
    if message.isSettled { message.fates = fates(of: message) }
    try store.record(.email(message))
    if message.isSettled { try publish(message) }
  }

  /// Keeps text messages, and what their recipients answer.
  func accept(_ messages: [SandboxSMS]) throws {
    let messages = messages.map { message in
      var message = message
      message.outcome =
        store.account { $0.isOptedOut(message.destination) }
        ? .rejected : SpecialNumber.outcome(of: message.destination) ?? .delivered
      return message
    }
    try store.record(.sms(messages))
    for message in messages {
      courier.tell(of: message, webhooks: store.account(\.webhooks))
      switch message.outcome {
      case .stops: try receive(answer: "STOP", to: message)
      case .replies: try receive(answer: "Thank you", to: message)
      default: break
      }
    }
  }

  private func receive(answer: String, to message: SandboxSMS) throws {
    try store.record(
      .reply(
        SandboxReply(
          id: Identifiers.uuid(), receivedAt: message.receivedAt, source: message.destination,
          destination: message.sender ?? SMSSend.sharedNumber, content: answer,
          keyUsername: message.keyUsername)))
  }

  /// Lets every scheduled mail leave whose time has come.
  func settle() {
    for waiting in store.takeDue(at: now) {
      var message = waiting
      message.fates = fates(of: message)
      message.isSettled = true
      do {
        try store.record(.settled(id: message.id, fates: message.fates))
        try publish(message)
      } catch {
        // A state file that cannot be written leaves the mail due; the next round tries again.
        store.putBack(waiting)
      }
    }
  }

  /// Something that happens to a mail later: somebody opens it, complains, leaves.
  func happen(_ name: SandboxEvent.Name, to message: SandboxMessage, recipient: String) throws {
    let event = SandboxEvent(name: name, date: now, recipient: recipient)
    try store.record(.event(id: message.id, event))
    try suppress(event, message)
    courier.tell([event], of: message, webhooks: store.account(\.webhooks))
  }

  /// - Returns: only those for whom it is not simply delivered.
  private func fates(of message: SandboxMessage) -> [SandboxFate] {
    guard !message.isRejected else { return [] }
    let suppressions = store.account(\.suppressions)
    return message.recipients.compactMap { recipient in
      let address = recipient.lowercased()
      if let reason = suppressions.reason(against: address) {
        return SandboxFate(
          recipient: address, events: [.rejected],
          reason: "Recipient is suppressed (\(reason.rawValue))")
      }
      guard let events = SpecialRecipient.events(of: address) else { return nil }
      return SandboxFate(
        recipient: address, events: events,
        reason: events == [.rejected] ? "The recipient's name asks for it" : nil)
    }
  }

  private func publish(_ message: SandboxMessage) throws {
    let events = message.statusEvents
    if !message.fates.isEmpty { for event in events { try suppress(event, message) } }
    courier.tell(events, of: message, webhooks: store.account(\.webhooks))
  }

  /// Hard bounces, complaints and unsubscribes keep further mail away; a resubscription lets it in.
  private func suppress(_ event: SandboxEvent, _ message: SandboxMessage) throws {
    let reason: Suppression.Reason
    switch event.name {
    case .hardBounced: reason = .bounce
    case .spam: reason = .spam
    case .unsubscribed: reason = .unsubscribe
    case .resubscribed:
      try store.record(.unsuppressed(address: event.recipient, reason: .unsubscribe))
      return
    default: return
    }
    guard !store.account({ $0.suppressions.contains(event.recipient, reason) }) else { return }
    try store.record(
      .suppressed(
        Suppression(
          address: event.recipient, reason: reason, subject: message.subject, date: event.date)))
  }
}
