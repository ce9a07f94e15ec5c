import ActionProtocol

/// A value on its way into or out of the database.
///
/// Both databases know exactly these: 64-bit integers (also instants in UTC milliseconds, money in
/// minor units and booleans as 0 and 1), text, bytes and NULL. Floating point never enters a table.
public enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])
}

/// One row of an answer, valid only inside the closure that receives it.
public protocol SQLRow {
  /// True when column `index` (from 0) is NULL.
  func isNull(_ index: Int) -> Bool
  /// Column `index` as an integer; 0 when it is NULL.
  func integer(_ index: Int) -> Int64
  /// Column `index` as text; empty when it is NULL.
  func text(_ index: Int) -> String
  /// Column `index` as bytes; empty when it is NULL.
  func blob(_ index: Int) -> [UInt8]
}

/// A connection inside one transaction: synchronous, isolated, never shared.
///
/// Statements are written once for both databases. Parameters are `$1`, `$2`, … and must appear for
/// the first time in ascending order, so that SQLite's order of appearance equals PostgreSQL's
/// numbering. Statements are prepared once and cached by their text: text is constant, values are
/// always parameters.
public protocol SQLConnection {
  /// The transaction's clock, read once when it began.
  var now: Instant { get }

  /// Which database speaks.
  var dialect: SQLDialect { get }

  /// Runs one statement.
  /// - Returns: the number of rows it inserted, changed or deleted.
  /// - Throws: ``StoreError``.
  @discardableResult
  func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

  /// Runs a query and hands over its rows one by one, in order.
  /// - Throws: ``StoreError``, or what `body` throws.
  func forEach(
    _ sql: String, _ arguments: [SQLValue], _ body: (any SQLRow) throws -> Void
  ) throws

  /// Runs a statement whose answer nobody waits for: at once, or together with others, in order,
  /// before the next statement that is waited for and before the end of the transaction's body.
  ///
  /// - Parameter changes: how many rows it must insert, change or delete; nil: any number.
  /// - Throws: ``StoreError``, here or at one of those places; ``StoreError/unexpected`` where it
  ///   changed another number of rows. The body has then failed, whatever it does.
  func enqueue(_ sql: String, _ arguments: [SQLValue], changes: Int?) throws

  /// The same for each row of arguments. A server runs one statement for all of them: none must
  /// depend on what another one changed. Each row of the table has to be met by one of them alone.
  func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws

  /// Runs one query for each row of arguments, in order, and hands over the rows of all answers with
  /// the place of the arguments that they belong to. A server is asked once for all of them.
  /// - Throws: ``StoreError``, or what `body` throws.
  func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws

  /// Runs one statement for each row of arguments. A server runs one for all of them: none must depend
  /// on what another one changed.
  /// - Returns: the number of rows that each inserted, changed or deleted.
  /// - Throws: ``StoreError``.
  func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int]
}

/// How a database does it whose statements cost no round trip.
extension SQLConnection {
  public func enqueue(_ sql: String, _ arguments: [SQLValue], changes: Int?) throws {
    let changed = try execute(sql, arguments)
    if let changes, changes != changed { throw StoreError.unexpected }
  }

  public func enqueue(_ sql: String, each arguments: [[SQLValue]], changes: Int?) throws {
    for row in arguments { try enqueue(sql, row, changes: changes) }
  }

  public func forEach(
    _ sql: String, each arguments: [[SQLValue]], _ body: (Int, any SQLRow) throws -> Void
  ) throws {
    for (index, row) in arguments.enumerated() {
      try forEach(sql, row) { try body(index, $0) }
    }
  }

  public func execute(_ sql: String, each arguments: [[SQLValue]]) throws -> [Int] {
    try arguments.map { try execute(sql, $0) }
  }
}

extension SQLConnection {
  /// The same, whatever number of rows it changes.
  public func enqueue(_ sql: String, _ arguments: [SQLValue]) throws {
    try enqueue(sql, arguments, changes: nil)
  }

  /// The same for each row of arguments, whatever number of rows it changes.
  public func enqueue(_ sql: String, each arguments: [[SQLValue]]) throws {
    try enqueue(sql, each: arguments, changes: nil)
  }

  /// The first row of each answer, turned into a value; nil where an answer has none.
  public func firsts<Value>(
    _ sql: String, each arguments: [[SQLValue]], _ make: (any SQLRow) throws -> Value
  ) throws -> [Value?] {
    var values = [Value?](repeating: nil, count: arguments.count)
    try forEach(sql, each: arguments) { index, row in
      if values[index] == nil { values[index] = try make(row) }
    }
    return values
  }

  /// All rows of a query, each turned into a value.
  public func all<Value>(
    _ sql: String, _ arguments: [SQLValue] = [], _ make: (any SQLRow) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEach(sql, arguments) { values.append(try make($0)) }
    return values
  }

  /// The first row of a query, or nil where it has none.
  public func first<Value>(
    _ sql: String, _ arguments: [SQLValue] = [], _ make: (any SQLRow) throws -> Value
  ) throws -> Value? {
    var value: Value?
    try forEach(sql, arguments) { row in
      if value == nil { value = try make(row) }
    }
    return value
  }
}

extension SQLRow {
  /// Column `index` as an integer, nil when it is NULL.
  public func optionalInteger(_ index: Int) -> Int64? { isNull(index) ? nil : integer(index) }
  /// Column `index` as text, nil when it is NULL.
  public func optionalText(_ index: Int) -> String? { isNull(index) ? nil : text(index) }
  /// Column `index` as an instant, nil when it is NULL.
  public func optionalInstant(_ index: Int) -> Instant? {
    isNull(index) ? nil : Instant(milliseconds: integer(index))
  }
  /// Column `index` as an instant.
  public func instant(_ index: Int) -> Instant { Instant(milliseconds: integer(index)) }
  /// Column `index` as a truth value: 0 and NULL are false.
  public func flag(_ index: Int) -> Bool { integer(index) != 0 }
}

extension SQLValue {
  public static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
  public static func optional(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
  public static func instant(_ value: Instant) -> SQLValue { .integer(value.milliseconds) }
  public static func optional(_ value: Instant?) -> SQLValue {
    value.map { .integer($0.milliseconds) } ?? .null
  }
  public static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}
