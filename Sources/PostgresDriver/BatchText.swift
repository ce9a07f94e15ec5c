/// A statement for one row of arguments, rewritten for many rows at once.
///
/// The rows come as one array for each parameter. A server that runs a statement a row prepares its
/// checks, its indexes and its answer anew for each of them, which costs several times the row itself.
struct BatchText: Hashable {
  /// What is wanted of it.
  enum Answer: Hashable {
    case nothing
    /// The number of the row of arguments, for each row of the table that was changed.
    case changedRows
    /// The rows of a query, each followed by the number of its row of arguments.
    case rows
  }

  let text: String
  /// How many parameters it has.
  let parameterCount: Int

  /// - Parameter types: of the parameters' arrays, as SQL names them.
  /// - Returns: nil where the statement is of a kind that has to be run row by row.
  init?(_ statement: String, _ types: [String], _ answer: Answer) {
    guard !types.isEmpty, let parts = StatementParts(statement) else { return nil }
    let source = Self.source(types)
    let text: String? =
      switch (parts.kind, answer) {
      case (.insert, .nothing): Self.insert(parts, source)
      case (.update, .nothing), (.update, .changedRows):
        Self.joined(parts, "FROM", source, isCounted: answer == .changedRows)
      case (.delete, .nothing), (.delete, .changedRows):
        Self.joined(parts, "USING", source, isCounted: answer == .changedRows)
      case (.select, .rows): Self.select(parts, source)
      default: nil
      }
    guard let text else { return nil }
    self.text = text
    parameterCount = types.count
  }

  /// The rows of arguments as a table, numbered from 1.
  private static func source(_ types: [String]) -> String {
    let arrays = types.enumerated().map { "$\($0 + 1)::\($1)[]" }.joined(separator: ", ")
    let names = types.indices.map { "batch_\($0 + 1)" }.joined(separator: ", ")
    return "unnest(\(arrays)) WITH ORDINALITY AS batch_(\(names), batch_n)"
  }

  /// What is inserted is the same for each row, or several rows for each.
  private static func insert(_ parts: StatementParts, _ source: String) -> String? {
    guard !parts.has("DO UPDATE"), !parts.has("RETURNING"), let values = parts.split(at: "VALUES"),
      let (rows, count, rest) = StatementParts.rows(values.after)
    else { return nil }
    // A single row's constants take the types of their columns; of several, their own.
    return count == 1
      ? "\(values.before)SELECT \(rows.dropFirst().dropLast()) FROM \(source) \(rest)"
      : "\(values.before)SELECT made_.* FROM \(source) "
        + "CROSS JOIN LATERAL (VALUES \(rows)) AS made_ \(rest)"
  }

  private static func joined(
    _ parts: StatementParts, _ word: String, _ source: String, isCounted: Bool
  ) -> String? {
    guard !parts.has("RETURNING"), parts.kind == .delete || parts.split(at: "FROM") == nil,
      let condition = parts.split(at: "WHERE")
    else { return nil }
    return "\(condition.before)\(word) \(source) WHERE (\(condition.after))"
      + (isCounted ? " RETURNING batch_.batch_n" : "")
  }

  /// The query stays one of its own, asked once for each row in their order.
  private static func select(_ parts: StatementParts, _ source: String) -> String? {
    guard parts.split(at: "FOR") == nil else { return nil }
    let fence = parts.split(at: "OFFSET") == nil ? " OFFSET 0" : ""
    return "SELECT found_.*, batch_.batch_n FROM \(source) "
      + "CROSS JOIN LATERAL (\(parts.text)\(fence)) AS found_"
  }
}

/// A statement with its parameters named as columns of the batch, and where its clauses are.
private struct StatementParts {
  enum Kind {
    case insert, update, delete, select
  }

  let kind: Kind
  let text: String

  init?(_ statement: String) {
    if statement.hasPrefix("INSERT INTO ") {
      kind = .insert
    } else if statement.hasPrefix("UPDATE ") {
      kind = .update
    } else if statement.hasPrefix("DELETE FROM ") {
      kind = .delete
    } else if statement.hasPrefix("SELECT ") {
      kind = .select
    } else {
      return nil
    }
    text = Self.named(statement)
  }

  /// `$7` becomes `batch_.batch_7`. Texts have no parameter in quotes.
  private static func named(_ statement: String) -> String {
    let parts = statement.split(separator: "$", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts[0])) { text, part in
      text += part.first?.isNumber == true ? "batch_.batch_\(part)" : "$\(part)"
    }
  }

  func has(_ words: String) -> Bool { text.contains(words) }

  /// Parts the text at the first `word` outside of parentheses and quotes.
  func split(at word: String) -> (before: Substring, after: Substring)? {
    var (depth, isQuoted) = (0, false)
    var isWordBefore = false
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0, !isWordBefore, text[index...].hasPrefix(word) {
        let end = text.utf8.index(index, offsetBy: word.utf8.count)
        if end == text.endIndex || !Self.isWord(text.utf8[end]) {
          return (text[..<index], text[end...])
        }
      }
      isWordBefore = Self.isWord(byte)
    }
    return nil
  }

  /// The lists of values at the beginning of a text, how many they are, and what follows them.
  static func rows(_ text: Substring) -> (rows: Substring, count: Int, rest: Substring)? {
    var (depth, isQuoted, count) = (0, false, 0)
    var range: Range<Substring.Index>?
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "(") {
        if depth == 0, range == nil { range = index..<index }
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0, let begun = range {
          range = begun.lowerBound..<text.utf8.index(after: index)
          count += 1
        }
      } else if depth == 0, isWord(byte) {
        break
      }
    }
    return range.map { (text[$0], count, text[$0.upperBound...]) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }
}
