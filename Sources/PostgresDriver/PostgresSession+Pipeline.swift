import CPostgres
import Store

/// A statement on its way to the server together with others.
struct PipelinedStatement {
  let name: String
  let parameters: PostgresParameters
  /// How many rows it must change; nil: any number.
  var changes: Int?
}

/// A statement that the server has and whose answer is not read yet.
struct SentStatement {
  /// How many rows it must change; nil: any number.
  let changes: Int?
}

extension PostgresSession.Prepared {
  /// Itself, where it takes so many values.
  func taking(_ arguments: [SQLValue]) throws -> Self {
    guard types.count == arguments.count else {
      throw StoreError(code: "schema", detail: "a statement's parameters do not match its values")
    }
    return self
  }
}

/// Many statements in one round trip (libpq's pipeline mode), in order, inside a transaction. Each goes out
/// as soon as it is written, so that server and program work at the same time.
///
/// The server runs them one after the other. After one that fails it runs none of the others, and the
/// transaction can only be rolled back.
extension PostgresSession {
  /// Answers of statements that change rows are short: the server never waits for them to be read, so
  /// that nobody waits for room on the way there.
  private static let mostWrites = 1000
  /// Queries may be answered at length. So much of them lies in the sockets' buffers, whatever the
  /// server waits for.
  private static let mostQueryBytes = 32_768

  /// Hands a statement to the server, which begins with it while the next one is being written. Its
  /// answer is read before that of the next one that is waited for.
  func enqueue(_ text: String, _ arguments: [SQLValue], changes: Int?) throws {
    let statement = try prepared(text, arguments)
    try enqueue(
      PipelinedStatement(
        name: statement.name, parameters: PostgresParameters(arguments), changes: changes))
  }

  func enqueue(_ statement: PipelinedStatement) throws {
    try handOver(statement)
    guard PQflush(connection) >= 0 else { throw lose() }
    if sent.count >= Self.mostWrites { try flush() }
  }

  /// Waits for the answers of all that was handed over.
  func flush() throws {
    guard !sent.isEmpty else { return }
    _ = try readAnswers()
  }

  /// Reads what is left of a body that failed: it belongs to nobody.
  func discard() {
    guard !sent.isEmpty, !isBroken else {
      sent = []
      return
    }
    do {
      try flush()
    } catch {
      // Whoever ends the transaction asks the connection itself whether it is sound.
      sent = []
    }
  }

  /// Runs one statement for each row of arguments, after what was handed over.
  func run(_ text: String, each rows: [[SQLValue]]) throws -> [PostgresResult] {
    let own = try rows.map { row in
      PipelinedStatement(
        name: try prepared(text, row).name, parameters: PostgresParameters(row))
    }
    let before = sent.count
    var results: [PostgresResult] = []
    var bytes = 0
    for statement in own {
      if bytes > 0, bytes + statement.parameters.byteCount > Self.mostQueryBytes {
        results += try readAnswers()
        bytes = 0
      }
      try handOver(statement)
      bytes += statement.parameters.byteCount
    }
    if !sent.isEmpty { results += try readAnswers() }
    return Array(results.dropFirst(before))
  }

  /// Runs a statement after what was handed over, and waits for it.
  func run(_ statement: PipelinedStatement) throws -> PostgresResult {
    try handOver(statement)
    guard let result = try readAnswers().last else { throw lose() }
    return result
  }

  private func handOver(_ statement: PipelinedStatement) throws {
    if sent.isEmpty, PQenterPipelineMode(connection) != 1 { throw lose() }
    guard hand(over: statement) else { throw lose() }
    sent.append(SentStatement(changes: statement.changes))
  }

  /// The answers of all that was handed over, which ends there.
  private func readAnswers() throws -> [PostgresResult] {
    let statements = sent
    sent = []
    guard PQpipelineSync(connection) == 1 else { throw lose() }
    let results = try answers(to: statements.count)
    guard results.count == statements.count else { throw Self.rolledBack }
    for (statement, result) in zip(statements, results) {
      if let changes = statement.changes, changes != result.changedCount {
        throw StoreError.unexpected
      }
    }
    return results
  }

  private func hand(over statement: PipelinedStatement) -> Bool {
    statement.parameters.withPointers { pointers, lengths, formats in
      PQsendQueryPrepared(
        connection, statement.name, Int32(lengths.count), pointers, lengths, formats, 1) == 1
    }
  }

  /// Every statement's answer, and after them the sync's. A connection that breaks is not read any
  /// further.
  private func answers(to count: Int) throws -> [PostgresResult] {
    var results: [PostgresResult] = []
    var failure: (any Error)?
    for _ in 0..<count {
      guard let answer = PQgetResult(connection) else { throw lose() }
      if PQresultStatus(answer) == PGRES_PIPELINE_ABORTED {
        PQclear(answer)
      } else {
        do {
          results.append(try checked(answer))
        } catch {
          failure = failure ?? error
          if isBroken { throw error }
        }
      }
      // Each answer is followed by nothing.
      if let more = PQgetResult(connection) {
        PQclear(more)
        throw lose()
      }
    }
    guard let end = PQgetResult(connection) else { throw lose() }
    defer { PQclear(end) }
    guard PQresultStatus(end) == PGRES_PIPELINE_SYNC, PQexitPipelineMode(connection) == 1 else {
      throw lose()
    }
    if let failure { throw failure }
    return results
  }

  /// A connection whose answers cannot be told apart any more is as good as broken.
  private func lose() -> StoreError {
    isLost = true
    return PostgresFault.lost
  }
}
