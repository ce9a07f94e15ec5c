import ActionProtocol
import Decisions

/// Stage 4 after the commit of the intent: exactly one call, and what came of it.
struct Caller: Sendable {
  let context: EngineContext
  let process: ProcessLife

  /// Makes the call of a pending action. Never repeats, never throws.
  func call(_ pending: PendingCall, _ effect: SafeOperations.Effect) async -> CallOutcome {
    switch effect {
    case .misconfigured(let code, let remedy):
      return .configuration(code: code, message: remedy)
    case .ledger, .followUp:
      return .accepted(providerID: "", warnings: [])
    case .message(let content):
      return await send(content, pending)
    case .books(let change):
      return await write(change, pending)
    }
  }

  private func write(_ approved: BooksChange, _ pending: PendingCall) async -> CallOutcome {
    switch await context.books.books(of: pending.prepared.organisation) {
    case .failure(let refusal):
      return .configuration(code: refusal.code, message: refusal.remedy)
    case .success(let books):
      guard await process.ensureLease() else { return .notSent(code: Settlement.leaseOver) }
      let departure = CallDeparture(process, pending.intent)
      if departure.isHopeless { return .notSent(code: Settlement.stopped) }
      var change = approved
      change.before = pending.before
      return departure.explained(await books.carryOut(change, departure: departure.leave))
    }
  }

  private func send(
    _ content: OutgoingMessage.Content, _ pending: PendingCall
  ) async -> CallOutcome {
    switch context.channels.channel(for: pending.prepared.organisation) {
    case .failure(let refusal):
      return .configuration(code: refusal.code, message: refusal.remedy)
    case .success(let channel):
      // The last look before the first byte: a process that slept past its lease may have been
      // declared dead, and then somebody else asks the provider what became of this intent.
      guard await process.ensureLease() else { return .notSent(code: Settlement.leaseOver) }
      let departure = CallDeparture(process, pending.intent)
      if departure.isHopeless { return .notSent(code: Settlement.stopped) }
      var message = OutgoingMessage(
        org: pending.state.org, content: content, operation: pending.intent.operation,
        unsubscribe: pending.unsubscribe)
      message.isForOperator = isForOperator(content)
      message.answersAreRead = await answersAreRead(content, pending)
      message.departure = departure.leave
      // A way out that does not ask may let the first byte go at any moment from here on.
      guard channel.asksLeave || departure.begin() else {
        return departure.explained(.notSent(code: Settlement.stopped))
      }
      return departure.explained(await channel.send(message))
    }
  }

  /// Asked for SMS alone. Where the store cannot tell, nobody reads them: then the channel decides.
  private func answersAreRead(
    _ content: OutgoingMessage.Content, _ pending: PendingCall
  ) async -> Bool {
    guard case .sms = content else { return false }
    let (organisation, delivery) = (pending.prepared.organisation, context.configuration.delivery)
    do {
      return try await context.store.read { store in
        try ReplyState.of(organisation.id, delivery, store)?.isFresh(at: store.now) ?? false
      }
    } catch {
      return false
    }
  }

  private func isForOperator(_ content: OutgoingMessage.Content) -> Bool {
    let configuration = context.configuration
    guard case .sms(let sms, _) = content else { return configuration.delivery == .redirect }
    return configuration.delivery == .redirect || configuration.operatorPhones.contains(sms.to)
  }
}
