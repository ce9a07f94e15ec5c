import Store

/// The values of a statement in PostgreSQL's binary format, in one piece of memory.
struct PostgresParameters {
  private var bytes: [UInt8] = []
  /// Where a value begins; nil for NULL.
  private var starts: [Int?] = []
  private var lengths: [Int32] = []

  init(_ values: [SQLValue]) {
    starts.reserveCapacity(values.count)
    lengths.reserveCapacity(values.count)
    for value in values { append(value) }
    // An empty value at the very end still needs an address.
    bytes.append(0)
  }

  /// Each column of the rows as one array.
  init(columnsOf rows: ArraySlice<[SQLValue]>, _ types: [PostgresElement]) {
    starts.reserveCapacity(types.count)
    lengths.reserveCapacity(types.count)
    for (column, type) in types.enumerated() { append(column, of: rows, type) }
    bytes.append(0)
  }

  /// One dimension from 1, whether there is a NULL, the type, and each value behind its length
  /// (PostgreSQL's `array_recv`).
  private mutating func append(
    _ column: Int, of rows: ArraySlice<[SQLValue]>, _ type: PostgresElement
  ) {
    let start = bytes.count
    let hasNull = rows.contains { if case .null = $0[column] { true } else { false } }
    for number in [1, hasNull ? 1 : 0, Int32(type.type), Int32(rows.count), 1] {
      append(length: number)
    }
    for row in rows {
      let place = bytes.count
      append(length: -1)
      if case .null = row[column] { continue }
      appendBytes(of: row[column])
      let length = Int32(bytes.count - place - 4)
      withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(place..<place + 4, with: $0) }
    }
    starts.append(start)
    lengths.append(Int32(bytes.count - start))
  }

  private mutating func append(length: Int32) {
    withUnsafeBytes(of: length.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// How long all values are together, about.
  var byteCount: Int { bytes.count + 8 * lengths.count }

  /// The type that a value is declared as; `unknown` for NULL, which PostgreSQL then finds out.
  static func type(_ value: SQLValue) -> UInt32 {
    switch value {
    case .null: PostgresType.unknown
    case .integer: PostgresType.int8
    case .text: PostgresType.text
    case .blob: PostgresType.bytes
    }
  }

  private mutating func append(_ value: SQLValue) {
    let start = bytes.count
    appendBytes(of: value)
    starts.append(value == .null ? nil : start)
    lengths.append(Int32(bytes.count - start))
  }

  private mutating func appendBytes(of value: SQLValue) {
    switch value {
    case .null: break
    case .integer(let integer):
      withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    case .text(let text): append(text)
    case .blob(let blob): bytes.append(contentsOf: blob)
    }
  }

  /// PostgreSQL's text has no NUL; a provider's words may. It becomes U+FFFD, so that an event is
  /// stored rather than refused for ever. What is signed is kept as bytes and stays as it is.
  private mutating func append(_ text: String) {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { buffer in
      guard !buffer.contains(0) else { return false }
      bytes.append(contentsOf: buffer)
      return true
    }
    if isPlain ?? false { return }
    bytes.append(contentsOf: text.replacing("\0", with: "\u{FFFD}").utf8)
  }

  /// Hands over the arrays that libpq wants: pointers, lengths, formats (all binary).
  func withPointers<Value>(
    _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) throws -> Value
  ) rethrows -> Value {
    try bytes.withUnsafeBytes { memory in
      let base = memory.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = starts.map { start in
        start.flatMap { offset in base.map { UnsafePointer($0 + offset) } }
      }
      return try body(pointers, lengths, [Int32](repeating: 1, count: starts.count))
    }
  }
}
