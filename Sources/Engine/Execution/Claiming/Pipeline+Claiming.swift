import ActionProtocol
import Decisions
import Synchronization

/// The claiming half: which batch is next, and its intents.
extension Pipeline {
  /// What came of a batch.
  struct Claimed: Sendable {
    /// Those that were looked at and need no second look in this run.
    var seen: Set<ActionID> = []
    var calls: [PendingCall] = []
    /// Claimed, with books outside that are to be read before their intents.
    var checks: [PendingCheck] = []
    /// Drafted anew only after the calls have begun: their intents are committed already.
    var redrafts: [(prepared: PreparedAction, code: String)] = []
    var reports: [ExecutionReport] = []
    /// Whether one of them changed since it was read, and has to be read again.
    var isOutdated = false
    /// Whether nothing was due at all.
    var foundNothing = true
  }

  /// Claims the batch that was read ahead, and lets the next one be read and checked while the calls
  /// of this one are under way.
  func claimNext(_ org: OrgID?, _ run: inout Run) async -> Claimed {
    let stops = process.gate.board
    guard run.failure == nil, !Task.isCancelled, !stops.coversEverything else {
      return Claimed()
    }
    var wish = PreparedBatch.Wish(
      org: org, ids: run.remaining, stops: stops,
      limit: max(1, context.configuration.concurrentCalls / 2))
    do {
      guard let batch = try await nextBatch(wish, &run) else { return Claimed() }
      wish.ahead = true
      if batch.mayBeReadPast(wish.limit), run.leftover.isEmpty {
        // While this one is being claimed.
        wish.excluding = Set(batch.prepared.map(\.state.id))
        wish.ids = run.remaining.map { $0.filter { !wish.excluding.contains($0) } }
        readAhead(wish, &run)
      }
      let claimed = try await claim(batch)
      run.remaining = run.remaining.map { $0.filter { !claimed.seen.contains($0) } }
      run.mustLook = run.mustLook || claimed.isOutdated
      // A redraft changes what is due; then the next batch is read after it.
      if !claimed.redrafts.isEmpty {
        run.ahead?.cancel()
        run.ahead = nil
        run.mustLook = true
      } else if !batch.isEmpty, run.leftover.isEmpty, run.ahead == nil {
        wish.ids = run.remaining
        readAhead(wish, &run)
      }
      return claimed
    } catch {
      run.failure = error
      return Claimed()
    }
  }

  private func readAhead(_ wish: PreparedBatch.Wish, _ run: inout Run) {
    run.ahead = Task { [context, book] in try await PreparedBatch.next(context, book, wish) }
  }

  /// What was read ahead and has room now, else what other lanes have; nil where it is not worth
  /// looking.
  private func nextBatch(
    _ wish: PreparedBatch.Wish, _ run: inout Run
  ) async throws -> PreparedBatch? {
    if let ahead = run.ahead {
      run.ahead = nil
      run.leftover = try await ahead.value
      run.note(run.leftover)
    }
    if let batch = takeLeftover(&run) { return batch }
    var wish = wish
    wish.without = Set(run.leftover.places.keys)
    let isWorthwhile =
      run.isIdle || run.mustLook
      || run.more.contains { !wish.without.contains($0) && book.isOpen($0) }
    // Named actions that wait for room would be found again.
    guard isWorthwhile, wish.ids == nil || run.leftover.isEmpty else { return nil }
    run.mustLook = false
    let found = try await PreparedBatch.next(context, book, wish)
    run.note(found)
    let (now, later) = book.part(found)
    run.leftover.prepared += later.prepared
    return now
  }

  private func takeLeftover(_ run: inout Run) -> PreparedBatch? {
    guard !run.leftover.isEmpty else { return nil }
    let (now, later) = book.part(run.leftover)
    guard !now.isEmpty else { return nil }
    run.leftover = later
    return now
  }

  /// Writes the intents of a batch: one transaction, one durable commit.
  private func claim(_ batch: PreparedBatch) async throws -> Claimed {
    guard let boot = process.boot else { throw ProcessLifeError.notBegun }
    guard !batch.isEmpty else { return Claimed() }
    var claimed = Claimed(foundNothing: false)
    for (candidate, code) in batch.invalid {
      claimed.seen.insert(candidate.state.id)
      claimed.reports.append(try await fail(candidate, code: "validation.\(code)"))
    }
    try await ReplyReader(context).refresh(batch.textingOrgs)
    let began = ContinuousClock.now
    let results = try await writeIntents(of: batch, boot) {
      try IntentBatch($0).run(batch.prepared)
    }
    context.metrics.claims.observe(began.duration(to: .now))
    for (prepared, result) in zip(batch.prepared, results) {
      switch result {
      case .call(let pending): claimed.calls.append(pending)
      case .check(let check): claimed.checks.append(check)
      case .ended(let report): claimed.reports.append(report)
      case .redraft(let prepared, let code): claimed.redrafts.append((prepared, code))
      case .outdated:
        claimed.isOutdated = true
        continue
      }
      claimed.seen.insert(prepared.state.id)
    }
    return claimed
  }

  /// Runs the transaction of intents and claims: one durable commit.
  func writeIntents(
    of batch: PreparedBatch, _ boot: BootID,
    _ body: @escaping @Sendable (IntentTransaction) throws -> [IntentTransaction.Result]
  ) async throws -> [IntentTransaction.Result] {
    let (configuration, process, entropy) = (context.configuration, process, context.entropy)
    let written = Mutex<(calls: [PendingCall], checks: [PendingCheck])>(([], []))
    do {
      let (results, auditTotal) = try await context.store.write { store in
        let standing = try store.holdStopBoard()
        process.gate.observe(standing.board)
        let transaction = IntentTransaction(
          store: store, configuration: configuration, boot: boot, entropy: entropy,
          organisations: try batch.organisations(in: store), stops: standing.board)
        let results = try body(transaction)
        let intents = results.compactMap(\.intent)
        let checks = results.compactMap(\.check)
        written.withLock { $0 = (results.compactMap(\.call), checks) }
        process.callsBegin(intents)
        process.claims.begin(checks.map(\.prepared.state.id))
        // Each intent has its audit entry.
        return (results, intents.isEmpty ? nil : standing.auditTotal + Int64(intents.count))
      }
      if let auditTotal { process.remember(auditTotal: auditTotal) }
      return results
    } catch {
      // Not acknowledged, so nothing is called. What was committed after all is given back, and a
      // leftover where that fails.
      let (calls, checks) = written.withLock { $0 }
      if (error as? any StoreFault)?.mayHold == true {
        await UnacknowledgedIntents(context: context).giveBack(calls)
      }
      process.callsEnd(calls.map(\.intent))
      await giveBack(checks)
      throw error
    }
  }

  private func fail(_ candidate: Candidate, code: String) async throws -> ExecutionReport {
    try await context.store.write { store in
      if var state = try store.action(candidate.state.org, candidate.state.id),
        state.version == candidate.state.version
      {
        var clock = StageClock()
        try Desk(store: store).fail(&state, code: code, clock: &clock)
      }
      return ExecutionReport(
        org: candidate.state.org, id: candidate.state.id, revision: candidate.state.revision,
        outcome: .failed(code: code))
    }
  }
}
