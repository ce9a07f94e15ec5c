import ActionProtocol
import Engine

@testable import Connectors

/// Bytes in pieces of a chosen size, so that every border falls somewhere inside a token.
struct Pieces: ByteChunks {
  private var rest: ArraySlice<UInt8>
  private let size: Int

  init(_ bytes: some Sequence<UInt8>, size: Int) {
    rest = ArraySlice(bytes)
    self.size = size
  }

  mutating func next() -> [UInt8] {
    defer { rest = rest.dropFirst(size) }
    return Array(rest.prefix(size))
  }
}

/// Everything a file says, read piece by piece.
func lines(
  of text: String, _ kind: LedgerKind, _ options: ImportOptions = .dollars, size: Int = 7
) throws -> [ParsedLedgerLine] {
  try lines(ofBytes: text.utf8, kind, options, size: size)
}

func lines(
  ofBytes bytes: some Sequence<UInt8>, _ kind: LedgerKind, _ options: ImportOptions = .dollars,
  size: Int = 7
) throws -> [ParsedLedgerLine] {
  var source = try LedgerFile.source(Pieces(bytes, size: size), kind: kind, options: options)
  var all: [ParsedLedgerLine] = []
  while true {
    let some = try source.next(3)
    if some.isEmpty { return all }
    all += some
  }
}

extension ImportOptions {
  static var dollars: ImportOptions { ImportOptions(currency: Currency(code: "USD")) }

  func with(_ change: (inout ImportOptions) -> Void) -> ImportOptions {
    var copy = self
    change(&copy)
    return copy
  }
}

extension ParsedLedgerLine {
  var row: LedgerRow? {
    if case .row(let row, _) = self { return row }
    return nil
  }

  var line: Int? {
    switch self {
    case .row(_, let line): line
    case .rejected(let problems): problems.first?.line
    }
  }

  /// `line column: problem` of every rejection.
  var problems: [String] {
    guard case .rejected(let problems) = self else { return [] }
    return problems.map { "\($0.line) \($0.column): \($0.problem)" }
  }

  var invoice: InvoiceRow? {
    if case .invoice(let row)? = row { return row }
    return nil
  }

  var partner: PartnerRow? {
    if case .partner(let row)? = row { return row }
    return nil
  }
}
