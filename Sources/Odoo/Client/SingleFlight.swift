/// Finds things out once, however many ask at the same time.
///
/// An actor because the first to ask must be known to those who ask while it is being found out. What
/// could not be found out is asked again by the next.
actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
  private struct Search {
    let number: Int
    let task: Task<Result<Value, OdooError>, Never>
  }

  private var known: [Key: Value] = [:]
  private var underWay: [Key: Search] = [:]
  private var count = 0

  func value(
    _ key: Key, _ find: @escaping @Sendable () async -> Result<Value, OdooError>
  ) async throws(OdooError) -> Value {
    if let value = known[key] { return value }
    let search = underWay[key] ?? begin(key, find)
    let result = await search.task.value
    // Whoever forgot the key meanwhile wants it found out anew.
    if underWay[key]?.number == search.number {
      underWay[key] = nil
      if case .success(let value) = result { known[key] = value }
    }
    return try result.get()
  }

  func forget(_ key: Key) {
    known[key] = nil
    underWay[key] = nil
  }

  func forgetAll() {
    known = [:]
    underWay = [:]
  }

  private func begin(
    _ key: Key, _ find: @escaping @Sendable () async -> Result<Value, OdooError>
  ) -> Search {
    count += 1
    let search = Search(number: count, task: Task { await find() })
    underWay[key] = search
    return search
  }
}
