import CPostgres
import Glibc
import Store

/// One connection with its prepared statements. Not thread-safe: it is made, used and freed on one
/// thread.
final class PostgresSession {
  /// A statement that the server has planned.
  struct Prepared {
    let name: String
    /// The type of each parameter.
    let types: [UInt32]
  }

  struct BatchKey: Hashable {
    let text: String
    let types: [PostgresElement]
    let answer: BatchText.Answer
  }

  let connection: OpaquePointer
  /// Statements that the server has and whose answers nobody waits for yet.
  var sent: [SentStatement] = []
  private let notices = NoticeLog()
  var statements: [String: Prepared] = [:]
  var batchTexts: [BatchKey: BatchText?] = [:]
  var preparedCount = 0
  /// The key of the lock that every write transaction of this schema takes.
  private(set) var writerKey = ""
  /// A name that belongs to this schema alone: for locks and notifications.
  private(set) var schemaName = ""
  /// Set by an error that did not come from the server. libpq still calls a connection sound whose
  /// other end closed it, when something was left to read.
  var isLost = false
  /// More would only be statements whose text is not constant.
  static let mostStatements = 400

  /// Connects and sets the connection up.
  /// - Throws: ``StoreError``.
  init(_ address: PostgresAddress, _ limits: PostgresLimits) throws {
    connection = try Self.connect(address)
    notices.attach(to: connection)
    try setUp(limits)
  }

  deinit { PQfinish(connection) }

  /// Whether nothing can be asked here any more.
  var isBroken: Bool { isLost || PQstatus(connection) != CONNECTION_OK }

  /// Whether a statement failed in the transaction, which can only be rolled back since.
  var isFailed: Bool { PQtransactionStatus(connection) == PQTRANS_INERROR }

  var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

  /// The descriptor to wait at for something from the server.
  var descriptor: Int32 { PQsocket(connection) }

  // MARK: - Statements

  /// Runs constant text without parameters, several statements at once if need be.
  /// - Returns: the first value of the last one, as text.
  @discardableResult
  func command(_ text: String) throws -> String? {
    let result = PQexec(connection, text)
    return try checked(result).text
  }

  /// Runs one statement, planned once per text.
  func run(_ text: String, _ arguments: [SQLValue]) throws -> PostgresResult {
    if arguments.isEmpty, Self.isUtility(text) {
      try flush()
      return try checked(PQexecParams(connection, text, 0, nil, nil, nil, nil, 1))
    }
    if !sent.isEmpty, let result = try run(text, each: [arguments]).first { return result }
    let statement = try prepared(text, arguments)
    let parameters = PostgresParameters(arguments)
    let result = parameters.withPointers { pointers, lengths, formats in
      PQexecPrepared(
        connection, statement.name, Int32(arguments.count), pointers, lengths, formats, 1)
    }
    return try checked(result)
  }

  /// Commits, and is sure of it: the server says so, without a warning.
  ///
  /// - Throws: ``PostgresFault/commitUnknown`` where the connection broke or the server warned (a
  ///   standby that did not confirm); another ``StoreError`` where the server refused, and then
  ///   nothing holds.
  func commit() throws {
    let warnings = notices.warnings
    let result = PQexec(connection, "COMMIT")
    let answer = result.map { String(cString: PQcmdStatus($0)) }
    do {
      _ = try checked(result)
    } catch {
      // Without a word of the server's nobody knows how far it came.
      let isCut = isBroken || (error as? StoreError)?.code == PostgresFault.lost.code
      throw isCut ? PostgresFault.commitUnknown : error
    }
    guard !isBroken else { throw PostgresFault.commitUnknown }
    // A transaction in which a statement failed is answered with ROLLBACK, and no error.
    guard answer == "COMMIT" else { throw Self.rolledBack }
    guard notices.warnings == warnings else { throw PostgresFault.commitUnknown }
  }

  /// Ends the transaction without any trace; what cannot be rolled back is cut off.
  func rollBack() {
    discard()
    guard !isBroken, isInTransaction else { return }
    let result = PQexec(connection, "ROLLBACK")
    if let result { PQclear(result) }
  }

  static let rolledBack = StoreError(
    code: "rolled_back", detail: "a statement of the transaction failed and undid all of it")

  // MARK: - Notifications

  /// Reads what the server sent by itself.
  /// - Returns: how many notifications came; nil when the connection is lost.
  func notifications() -> Int? {
    guard PQconsumeInput(connection) == 1, !isBroken else { return nil }
    var count = 0
    while let notification = PQnotifies(connection) {
      PQfreemem(notification)
      count += 1
    }
    return count
  }
}

extension PostgresSession {
  /// Statements that are not planned and mostly run once.
  fileprivate static func isUtility(_ text: String) -> Bool {
    ["CREATE", "ALTER", "DROP", "SET", "LOCK", "NOTIFY", "GRANT"].contains { text.hasPrefix($0) }
  }

  func checked(_ result: OpaquePointer?) throws -> PostgresResult {
    if let result {
      let status = PQresultStatus(result)
      if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK { return PostgresResult(result) }
    }
    defer { if let result { PQclear(result) } }
    let error = PostgresFault.error(result)
    if error == PostgresFault.lost { isLost = true }
    throw error
  }
}

// MARK: - Connecting

extension PostgresSession {
  private static func connect(_ address: PostgresAddress) throws -> OpaquePointer {
    let parameters = address.parameters
    let keywords = parameters.map { strdup($0.keyword) } + [nil]
    let values = parameters.map { strdup($0.value) } + [nil]
    defer { for text in keywords + values { free(text) } }
    let made = PQconnectdbParams(
      keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    guard let made else { throw StoreError(code: "io", detail: "no memory for a connection") }
    guard PQstatus(made) == CONNECTION_OK else {
      defer { PQfinish(made) }
      let words = String(cString: PQerrorMessage(made))
      throw PostgresRefusal.error(words, shown: address.redacted(words))
    }
    return made
  }

  /// Every query of the store goes through an index, and is planned once per connection, perhaps while
  /// its tables are empty and nothing is known about them: such a plan must be right when they are
  /// full. So a look into an index costs nothing, reading a table or an index through costs more
  /// than any number of looks, and so does putting into order what some index has in order. Compiling a plan costs more than any of them.
  private static let planning = """
    SET jit = off;
    SET random_page_cost = 0.01;
    SET enable_seqscan = off;
    SET enable_bitmapscan = off;
    SET enable_hashjoin = off;
    SET enable_mergejoin = off;
    SET enable_material = off;
    SET enable_sort = off;
    SET enable_incremental_sort = off;
    SET max_parallel_workers_per_gather = 0;
    """

  private func setUp(_ limits: PostgresLimits) throws {
    guard PQserverVersion(connection) >= 150_000 else {
      throw StoreError(code: "schema", detail: "PostgreSQL 15 or newer is needed")
    }
    guard PQparameterStatus(connection, "server_encoding").map({ String(cString: $0) }) == "UTF8"
    else { throw StoreError(code: "schema", detail: "the database's encoding has to be UTF8") }
    let answer = try command(
      """
      SET client_min_messages = warning;
      SET statement_timeout = \(limits.statement);
      SET lock_timeout = \(limits.lock);
      SET idle_in_transaction_session_timeout = \(limits.idleInTransaction);
      SET idle_session_timeout = 0;
      \(Self.planning)
      SET TimeZone = 'UTC';
      SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off';
      SELECT hashtextextended('aiom.writer:' || current_schema(), 0) || ' '
        || to_hex(hashtextextended('aiom.schema:' || current_schema(), 0))
      """)
    guard let answer else {
      throw StoreError(code: "schema", detail: "no schema of the search path exists")
    }
    let names = answer.split(separator: " ").map(String.init)
    (writerKey, schemaName) = (names[0], names[names.count - 1])
  }
}
