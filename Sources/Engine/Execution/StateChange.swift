import ActionProtocol

extension ActionWriting {
  /// Saves a state whose old version was read in this transaction.
  ///
  /// INVARIANT: every stored change of status is one of the protocol's table.
  /// - Throws: `StatusMachine.IllegalTransition`, or ``EngineFault/lostRace`` when the row changed
  ///   although this transaction holds the writer's lock.
  ///
  /// - Parameter through: statuses passed inside this transaction, such as a claim that ends in it:
  ///   every step must be one of the table, only the last is written.
  func change(
    _ state: ActionState, from old: ActionVersion, through: [ActionStatus] = []
  ) throws {
    if state.status != old.status || state.revision != old.revision {
      var before = old.status
      for after in through + [state.status] {
        try StatusMachine.check(from: before, to: after)
        before = after
      }
    }
    guard try save(state, replacing: old) else { throw EngineFault.lostRace }
  }
}
