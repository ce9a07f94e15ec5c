import ActionProtocol
import Decisions
import Engine
import Insights
import Synchronization

/// Books outside that hold what a test put there, make a change once for each action, and answer as
/// they were scripted.
public final class ScriptedBooks: OutsideBooks, BooksDirectory {
  private struct State {
    var records: [RecordReference: JSONObject] = [:]
    var problem: BooksProblem?
    var refusal: ChannelRefusal?
    var readings = 0
    var tags: [String] = []
    var changes: [BooksChange] = []
    var made: [BooksChange.Operation: String] = [:]
    var answers: [(outcome: CallOutcome, isMade: Bool)] = []
    var undo: BooksUndo = .undone
    var undone: [String] = []
    var beforeReading: (@Sendable () async -> Void)?
    var documents: [Int64: InvoiceDocument] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  // MARK: - What a test says

  /// A record with its fields, from now on; nil: it is gone.
  public func hold(_ model: String, _ id: Int64, _ fields: JSONObject?) {
    state.withLock { $0.records[RecordReference(model: model, id: id)] = fields }
  }

  /// Why no record can be read from now on; nil: they can.
  public func fail(_ problem: BooksProblem?) { state.withLock { $0.problem = problem } }

  /// Why nothing may be written from now on.
  public func refuseWriting(_ refusal: ChannelRefusal?) { state.withLock { $0.refusal = refusal } }

  /// The answer of the next change, and whether it is made all the same.
  public func answer(with outcome: CallOutcome, making isMade: Bool) {
    state.withLock { $0.answers.append((outcome, isMade)) }
  }

  /// What taking back comes to from now on.
  public func undo(as answer: BooksUndo) { state.withLock { $0.undo = answer } }

  /// What customers may see of an invoice, from now on.
  public func offer(_ invoice: Int64, _ document: InvoiceDocument) {
    state.withLock { $0.documents[invoice] = document }
  }

  /// Runs before each reading.
  public func beforeReading(_ body: (@Sendable () async -> Void)?) {
    state.withLock { $0.beforeReading = body }
  }

  // MARK: - What a test looks at

  public var readings: Int { state.withLock { $0.readings } }
  /// The tags that the last reading was told of.
  public var tags: [String] { state.withLock { $0.tags } }
  /// Every change that was asked for, in order.
  public var changes: [BooksChange] { state.withLock { $0.changes } }
  /// How many changes were made.
  public var madeCount: Int { state.withLock { $0.made.count } }
  public var undone: [String] { state.withLock { $0.undone } }

  // MARK: - The port

  public func books(
    of organisation: Organisation
  ) async -> Result<any OutsideBooks, ChannelRefusal> { .success(self) }

  public func writeRefusal(for organisation: Organisation) -> ChannelRefusal? {
    state.withLock { $0.refusal }
  }

  public func read(_ plan: [RevalidationCheck], tags: [String]) async -> LiveReading {
    state.withLock { $0.tags = tags }
    return await read(plan)
  }

  public func read(_ plan: [RevalidationCheck]) async -> LiveReading {
    let began = ContinuousClock.now
    if let body = state.withLock({ $0.beforeReading }) { await body() }
    return state.withLock { state in
      state.readings += 1
      var answers: [RecordReference: LiveAnswer] = [:]
      for record in plan.compactMap(\.predicate.record) {
        if let problem = state.problem {
          answers[record] = .unavailable(problem)
        } else {
          answers[record] = state.records[record].map { .found($0) } ?? .missing
        }
      }
      return LiveReading(began: began, answers: answers)
    }
  }

  public func carryOut(_ change: BooksChange, departure: Departure) async -> CallOutcome {
    guard departure.isAllowed() else { return .notSent(code: Settlement.stopped) }
    return state.withLock { state in
      state.changes.append(change)
      let scripted = state.answers.isEmpty ? nil : state.answers.removeFirst()
      let id = state.made[change.operation] ?? "made:\(state.made.count + 1)"
      if scripted?.isMade ?? true { state.made[change.operation] = id }
      return scripted?.outcome ?? .accepted(providerID: id, warnings: [])
    }
  }

  public func look(for change: BooksChange) async -> BooksSearch {
    state.withLock { state in
      if let problem = state.problem { return .failed(code: problem.code) }
      if let id = state.made[change.operation] { return .found(id: id) }
      if case .createTask = change.operation { return .absent(isRepeatable: true) }
      return .absent(isRepeatable: false)
    }
  }

  public func documents(
    of invoices: [Int64], _ blobs: any BlobPort
  ) async -> [Int64: InvoiceDocument] {
    state.withLock { $0.documents.filter { invoices.contains($0.key) } }
  }

  public func undo(_ change: BooksChange, id: String) async -> BooksUndo {
    state.withLock { state in
      if state.undo == .undone { state.undone.append(id) }
      return state.undo
    }
  }
}
