import CPostgres
import Store

/// Statements that the server has planned, one for each text.
extension PostgresSession {
  /// The planned statement, whose types fit the values. A parameter that was NULL when the text was
  /// first seen got its type from PostgreSQL, and perhaps a narrower one than the value needs now.
  func prepared(_ text: String, _ arguments: [SQLValue]) throws -> Prepared {
    let known = statements[text]
    if let known, Self.fits(known, arguments) { return try known.taking(arguments) }
    if known == nil { try makeRoom() }
    // A statement is prepared by itself, after what was handed over.
    try flush()
    preparedCount += 1
    let name = "s\(preparedCount)"
    let declared = Self.types(of: arguments, known)
    _ = try checked(PQprepare(connection, name, text, Int32(declared.count), declared))
    // An earlier statement of the text stays: what waits may name it. It comes to that once or twice,
    // for the types that were found out are kept.
    let statement = Prepared(name: name, types: try parameterTypes(of: name))
    statements[text] = statement
    return try statement.taking(arguments)
  }

  /// The types of the values; of a NULL the one that it had.
  private static func types(of arguments: [SQLValue], _ known: Prepared?) -> [UInt32] {
    arguments.enumerated().map { index, value in
      guard value == .null, let known, index < known.types.count else {
        return PostgresParameters.type(value)
      }
      return known.types[index]
    }
  }

  /// A statement whose types are known.
  func prepared(_ text: String, _ types: [UInt32]) throws -> String {
    if let known = statements[text] { return known.name }
    try makeRoom()
    try flush()
    preparedCount += 1
    let name = "s\(preparedCount)"
    _ = try checked(PQprepare(connection, name, text, Int32(types.count), types))
    statements[text] = Prepared(name: name, types: types)
    return name
  }

  private func makeRoom() throws {
    guard statements.count >= Self.mostStatements else { return }
    // What waits names statements that end here.
    try flush()
    try command("DEALLOCATE ALL")
    statements = [:]
    batchTexts = [:]
  }

  /// The text for many rows; nil where there is none.
  func batchText(
    _ text: String, _ types: [PostgresElement], _ answer: BatchText.Answer
  ) -> BatchText? {
    let key = BatchKey(text: text, types: types, answer: answer)
    if let known = batchTexts[key] { return known }
    let made = BatchText(text, types.map(\.rawValue), answer)
    batchTexts[key] = .some(made)
    return made
  }

  private static func fits(_ statement: Prepared, _ arguments: [SQLValue]) -> Bool {
    guard statement.types.count == arguments.count else { return true }
    return zip(statement.types, arguments).allSatisfy { type, value in
      value == .null || PostgresParameters.type(value) == type
    }
  }

  private func parameterTypes(of name: String) throws -> [UInt32] {
    try checked(PQdescribePrepared(connection, name)).parameterTypes
  }
}
