/// Finds rows of one file that name a record again with other content: the first one counts, the
/// second is rejected, because nobody can say which of the two is true.
///
/// A row that says the same again is let through and found unchanged. Ids and contents are remembered
/// as hashes; rows beyond ``limit`` are not remembered, so that memory stays bounded.
struct RepeatedRows {
  /// About 35 MB where a file has as many rows.
  static let limit = 1 << 20

  /// What a row said, in 32 bits of its hash, and where it stood.
  private struct Seen {
    let content: UInt32
    let line: UInt32

    init(_ row: LedgerRow, line: Int) {
      content = UInt32(truncatingIfNeeded: row.hashValue)
      self.line = UInt32(clamping: line)
    }
  }

  private var seen: [Int: Seen] = [:]

  /// The line, or its rejection where an earlier one has its id and says something else.
  mutating func checked(_ line: ParsedLedgerLine, column: String) -> ParsedLedgerLine {
    guard case .row(let row, let number) = line else { return line }
    let id = row.externalID.hashValue
    guard let earlier = seen[id] else {
      if seen.count < Self.limit { seen[id] = Seen(row, line: number) }
      return line
    }
    guard earlier.content != Seen(row, line: number).content else { return line }
    return .rejected([
      RowRejection(
        line: number, column: column,
        problem: "is the same id as in line \(earlier.line), with other content",
        remedy: "Keep one of the lines \(earlier.line) and \(number), or give each its own id.")
    ])
  }
}

extension LedgerRow {
  /// The source's own name of the record.
  fileprivate var externalID: String {
    switch self {
    case .partner(let row): row.externalID
    case .contact(let row): row.externalID
    case .invoice(let row): row.externalID
    case .payment(let row), .credit(let row): row.externalID
    case .dispute(let row): row.externalID
    case .deal(let row): row.externalID
    case .task(let row): row.externalID
    case .bill(let row): row.externalID
    case .balance(let row): row.externalID
    }
  }
}
