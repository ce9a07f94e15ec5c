import ActionProtocol
import Decisions
import Logging

/// Between claim and intent: the books outside are read, in no transaction.
extension Pipeline {
  /// Reads, writes the intent, and makes the call; never cancelled once claimed.
  func shielded(_ check: PendingCheck) async -> Result<ExecutionReport, any Error> {
    await Task { try await carryOut(check) }.result
  }

  private func carryOut(_ check: PendingCheck) async throws -> ExecutionReport {
    let id = check.prepared.state.id
    do {
      let facts = try await facts(check)
      let result = try await intend(check, facts)
      process.claims.end([id])
      switch result {
      case .call(let pending): return try await shielded(pending).get()
      case .ended(let report): return report
      case .redraft(let prepared, let code):
        return try await Redraft(context, outside: facts.reading).redraft(prepared, code: code)
      case .check, .outdated:
        return ExecutionReport(
          org: check.prepared.state.org, id: id, revision: check.prepared.state.revision,
          outcome: .skipped)
      }
    } catch {
      await giveBack([check])
      throw error
    }
  }

  private func facts(_ check: PendingCheck) async throws -> OutsideFacts {
    let (organisation, plan) = (
      check.prepared.organisation, check.prepared.proposal.revalidationPlan
    )
    let reading: LiveReading
    switch await context.books.books(of: organisation) {
    case .success(let books):
      reading = await books.read(plan, tags: try await tags(check.prepared))
    case .failure(let refusal):
      let problem = BooksProblem(
        code: refusal.code, remedy: refusal.remedy, isTemporary: false)
      let records = plan.compactMap(\.predicate.record)
      reading = LiveReading(
        began: .now,
        answers: Dictionary(records.map { ($0, .unavailable(problem)) }) { first, _ in first })
    }
    let (pause, hasEnded) = context.outages.note(organisation.id, isDown: reading.isDown)
    if hasEnded { try await wakeWaiting(organisation.id) }
    return OutsideFacts(claim: check.claim, reading: reading, pause: pause)
  }

  /// What a customer's tags mean is looked at live too, where the checks are about disputes.
  private func tags(_ prepared: PreparedAction) async throws -> [String] {
    let proposal = prepared.proposal
    guard
      proposal.revalidationPlan.contains(where: { $0.predicate.field == Revalidation.disputed })
    else { return [] }
    let settings = try await context.store.read { try $0.syncSettings(prepared.organisation.id) }
    return settings.disputeTags
      + (proposal.actionType.asksForMoney ? settings.neverRemindTags : [])
  }

  /// Everything else that waits for these books need not wait any longer.
  private func wakeWaiting(_ org: OrgID) async throws {
    let woken = try await context.store.write { try $0.releaseHolds(org, .odooUnavailable) }
    context.logger.notice(
      "books outside answer again",
      metadata: ["org": "\(org.rawValue)", "waiting": "\(woken)"])
  }

  private func intend(
    _ check: PendingCheck, _ facts: OutsideFacts
  ) async throws -> IntentTransaction.Result {
    guard let boot = process.boot else { throw ProcessLifeError.notBegun }
    let batch = PreparedBatch(prepared: [check.prepared])
    return try await writeIntents(of: batch, boot) { [try $0.run(check.prepared, facts)] }[0]
  }

  /// Gives claims back; where that fails it is tried again when the pipeline rests.
  func giveBack(_ checks: [PendingCheck]) async {
    guard !checks.isEmpty else { return }
    var isLeft = false
    do {
      try await context.store.write { store in
        for check in checks {
          _ = try ClaimWithoutIntent.release(check.prepared.state, check.claim, store)
        }
      }
    } catch {
      isLeft = true
      context.logger.warning(
        "claims could not be given back yet",
        metadata: ["count": "\(checks.count)", "error": "\(error)"])
    }
    process.claims.end(checks.map(\.prepared.state.id), isLeft: isLeft)
  }

  /// Gives back what could not be given back before.
  func settleClaims() async throws {
    guard let boot = process.boot, process.claims.takeLeftovers() else { return }
    let claims = process.claims
    do {
      try await context.store.write { store in
        try ClaimWithoutIntent.releaseAll(
          of: boot, store, code: "not_given_back", unless: { claims.isUnderWay($0) })
      }
    } catch {
      claims.noteLeftovers()
      throw error
    }
  }
}

extension LiveReading {
  /// Whether nothing of it was answered, and waiting may help.
  var isDown: Bool {
    !answers.isEmpty
      && answers.values.allSatisfy {
        if case .unavailable(let problem) = $0 { problem.isTemporary } else { false }
      }
  }
}
