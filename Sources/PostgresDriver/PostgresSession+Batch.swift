import CPostgres
import Store

/// One statement for many rows of arguments, which come as one array for each parameter.
extension PostgresSession {
  /// More in one statement would only make one long message.
  private static let mostRows = 1000

  /// A batch's statement, ready to be sent.
  private struct Batch {
    let statement: PipelinedStatement
    let rowCount: Int
  }

  /// Puts a statement into the line for many rows of arguments.
  func enqueue(_ text: String, each rows: [[SQLValue]], changes: Int?) throws {
    guard let batches = try batches(text, rows, .nothing, isCountable: changes ?? 0 <= 1) else {
      for row in rows { try enqueue(text, row, changes: changes) }
      return
    }
    for batch in batches {
      var statement = batch.statement
      statement.changes = changes.map { $0 * batch.rowCount }
      try enqueue(statement)
    }
  }

  /// - Returns: how many rows of the table each row of arguments changed.
  func execute(_ text: String, each rows: [[SQLValue]]) throws -> [Int] {
    guard let batches = try batches(text, rows, .changedRows) else {
      return try run(text, each: rows).map(\.changedCount)
    }
    var counts = [Int](repeating: 0, count: rows.count)
    var first = 0
    for batch in batches {
      let result = try run(batch.statement)
      for row in 0..<result.rowCount {
        let place = first + Int(PostgresRow(result: result, number: Int32(row)).integer(0)) - 1
        counts[place] += 1
      }
      first += batch.rowCount
    }
    return counts
  }

  /// Hands over the rows of a query for each row of arguments.
  func forEach(
    _ text: String, each rows: [[SQLValue]], _ body: (Int, PostgresRow) throws -> Void
  ) throws {
    guard let batches = try batches(text, rows, .rows) else {
      for (place, result) in try run(text, each: rows).enumerated() {
        for row in 0..<result.rowCount {
          try body(place, PostgresRow(result: result, number: Int32(row)))
        }
      }
      return
    }
    var first = 0
    for batch in batches {
      let result = try run(batch.statement)
      let last = result.columnCount - 1
      for number in 0..<result.rowCount {
        let row = PostgresRow(result: result, number: Int32(number))
        try body(first + Int(row.integer(last)) - 1, row)
      }
      first += batch.rowCount
    }
  }

  /// - Returns: nil where the rows have to be run one by one.
  private func batches(
    _ text: String, _ rows: [[SQLValue]], _ answer: BatchText.Answer, isCountable: Bool = true
  ) throws -> [Batch]? {
    guard rows.count > 1, isCountable, let types = try types(of: text, rows),
      let batchText = batchText(text, types, answer)
    else { return nil }
    return try stride(from: 0, to: rows.count, by: Self.mostRows).map { start in
      let part = rows[start..<min(start + Self.mostRows, rows.count)]
      let name = try prepared(batchText.text, types.map(\.array))
      return Batch(
        statement: PipelinedStatement(
          name: name, parameters: PostgresParameters(columnsOf: part, types)),
        rowCount: part.count)
    }
  }

  /// The type of each parameter; nil where values of one have different ones.
  private func types(of text: String, _ rows: [[SQLValue]]) throws -> [PostgresElement]? {
    guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
      return nil
    }
    var types = [PostgresElement?](repeating: nil, count: width)
    for row in rows {
      for (column, value) in row.enumerated() {
        guard let own = PostgresElement(value) else { continue }
        if let known = types[column], known != own { return nil }
        types[column] = own
      }
    }
    guard types.contains(nil) else { return types.compactMap { $0 } }
    // Of a column that is NULL in all rows PostgreSQL knows the type.
    let described = try prepared(text, rows[0]).types
    return types.enumerated().map { $1 ?? PostgresElement(type: described[$0]) }
  }
}

/// What a batch's arrays are made of.
enum PostgresElement: String, Hashable {
  case int8, text, bytea

  init?(_ value: SQLValue) {
    switch value {
    case .null: return nil
    case .integer: self = .int8
    case .text: self = .text
    case .blob: self = .bytea
    }
  }

  init(type: UInt32) {
    self =
      PostgresType.isNumber(type) ? .int8 : type == PostgresType.bytes ? .bytea : .text
  }

  var type: UInt32 {
    switch self {
    case .int8: PostgresType.int8
    case .text: PostgresType.text
    case .bytea: PostgresType.bytes
    }
  }

  /// The array's own type (pg_type.dat).
  var array: UInt32 {
    switch self {
    case .int8: 1016
    case .text: 1009
    case .bytea: 1001
    }
  }
}
