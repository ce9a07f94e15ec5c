import CPostgres
import Store

/// The rows that a statement gave, all of them, in PostgreSQL's binary format.
final class PostgresResult {
  private let result: OpaquePointer
  private let types: [UInt32]

  /// Takes over a result of libpq and frees it at the end.
  init(_ result: OpaquePointer) {
    self.result = result
    types = (0..<PQnfields(result)).map { PQftype(result, $0) }
  }

  deinit { PQclear(result) }

  /// The types of the parameters, in the description of a prepared statement.
  var parameterTypes: [UInt32] {
    (0..<PQnparams(result)).map { PQparamtype(result, $0) }
  }

  var columnCount: Int { types.count }

  var rowCount: Int { Int(PQntuples(result)) }

  /// How many rows the statement inserted, changed or deleted.
  var changedCount: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

  /// The only value of a simple query, which comes as text.
  var text: String? {
    guard PQntuples(result) > 0, PQgetisnull(result, 0, 0) == 0 else { return nil }
    return String(cString: PQgetvalue(result, 0, 0))
  }

  fileprivate func isNull(_ row: Int32, _ column: Int) -> Bool {
    PQgetisnull(result, row, Int32(column)) == 1
  }

  fileprivate func bytes(_ row: Int32, _ column: Int) -> UnsafeRawBufferPointer {
    let start = PQgetvalue(result, row, Int32(column))
    return UnsafeRawBufferPointer(
      start: start.map { UnsafeRawPointer($0) },
      count: Int(PQgetlength(result, row, Int32(column))))
  }

  fileprivate func type(_ column: Int) -> UInt32 { types[column] }
}

/// One of the rows.
struct PostgresRow: SQLRow {
  let result: PostgresResult
  let number: Int32

  func isNull(_ index: Int) -> Bool { result.isNull(number, index) }

  func integer(_ index: Int) -> Int64 {
    guard !isNull(index) else { return 0 }
    let bytes = result.bytes(number, index)
    switch result.type(index) {
    case PostgresType.int8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    case PostgresType.int4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case PostgresType.int2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case PostgresType.bool: return bytes[0] == 0 ? 0 : 1
    case PostgresType.numeric: return Self.whole(bytes)
    default: return Int64(String(decoding: bytes, as: UTF8.self)) ?? 0
    }
  }

  func text(_ index: Int) -> String {
    guard !isNull(index) else { return "" }
    if PostgresType.isNumber(result.type(index)) { return String(integer(index)) }
    return String(decoding: result.bytes(number, index), as: UTF8.self)
  }

  func blob(_ index: Int) -> [UInt8] { isNull(index) ? [] : [UInt8](result.bytes(number, index)) }

  /// The whole part of a NUMERIC, as sums of BIGINT are: groups of four decimal digits after four
  /// 16-bit numbers, the count of groups, the first one's power of 10,000, the sign and the scale.
  private static func whole(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    func number(_ index: Int) -> Int64 {
      Int64(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)))
    }
    let (count, power) = (number(0), number(1))
    var value: Int64 = 0
    if power >= 0 {
      for group in 0...power {
        value = value * 10_000 + (group < count ? number(4 + Int(group)) : 0)
      }
    }
    return number(2) == 0x4000 ? -value : value
  }
}

/// The types that this driver binds and reads, by their numbers in PostgreSQL's catalogue
/// (pg_type.dat, fixed for ever).
enum PostgresType {
  static let unknown: UInt32 = 0
  static let bool: UInt32 = 16
  static let bytes: UInt32 = 17
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let numeric: UInt32 = 1700

  static func isNumber(_ type: UInt32) -> Bool {
    [int8, int4, int2, numeric, bool].contains(type)
  }
}
