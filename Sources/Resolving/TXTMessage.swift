/// The TXT records in a DNS answer (RFC 1035 section 4), read without trusting a single length.
struct TXTMessage: Sendable {
  private let bytes: [UInt8]
  private var position = 0

  private static let (txt, cname, internet) = (16, 5, 1)
  /// A chain of names longer than this is nobody's mistake.
  private static let longestChain = 16

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  private struct Malformed: Error {}

  private struct Record {
    let owner: [UInt8]
    let type: Int
    /// Where its data stands.
    let data: Range<Int>
  }

  /// The records of a name, also by way of its aliases; those of other names are passed over.
  func answer(for name: String) -> TXTResolver.Answer {
    var reader = self
    do {
      let records = try reader.records()
      var wanted = Self.key(name)
      for _ in 0..<Self.longestChain {
        let own = records.filter { $0.owner == wanted }
        let texts = try own.filter { $0.type == Self.txt }.map(reader.text)
        if !texts.isEmpty { return .records(texts) }
        guard let alias = own.first(where: { $0.type == Self.cname }) else { return .absent }
        reader.position = alias.data.lowerBound
        wanted = try reader.name()
      }
      return .failed
    } catch {
      return .failed
    }
  }

  /// Labels with their lengths, lower case, as ``name()`` reads them.
  private static func key(_ name: String) -> [UInt8] {
    name.utf8.split(separator: UInt8(ascii: ".")).flatMap {
      [UInt8(truncatingIfNeeded: $0.count)] + $0.map(lowercased)
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private mutating func records() throws(Malformed) -> [Record] {
    position = 4
    let questions = try number()
    let answers = try number()
    position = 12
    for _ in 0..<questions {
      _ = try name()
      position += 4
    }
    var records: [Record] = []
    for _ in 0..<answers {
      let owner = try name()
      let type = try number()
      let kind = try number()
      position += 4
      let length = try number()
      guard position + length <= bytes.count else { throw Malformed() }
      if kind == Self.internet {
        records.append(Record(owner: owner, type: type, data: position..<position + length))
      }
      position += length
    }
    return records
  }

  private func text(_ record: Record) throws(Malformed) -> String {
    var joined: [UInt8] = []
    var index = record.data.lowerBound
    while index < record.data.upperBound {
      let end = index + 1 + Int(bytes[index])
      guard end <= record.data.upperBound else { throw Malformed() }
      joined += bytes[index + 1..<end]
      index = end
    }
    return String(decoding: joined, as: UTF8.self)
  }

  private mutating func byte() throws(Malformed) -> Int {
    guard bytes.indices.contains(position) else { throw Malformed() }
    defer { position += 1 }
    return Int(bytes[position])
  }

  private mutating func number() throws(Malformed) -> Int { try byte() << 8 | (try byte()) }

  /// A name, whose pointers only lead back: so it ends.
  private mutating func name() throws(Malformed) -> [UInt8] {
    var key: [UInt8] = []
    var resume: Int?
    while true {
      let start = position
      let length = try byte()
      switch length {
      case 0:
        position = resume ?? position
        return key
      case 1...63:
        guard position + length <= bytes.count, key.count + length < 255 else { throw Malformed() }
        key.append(UInt8(length))
        key += bytes[position..<position + length].map(Self.lowercased)
        position += length
      case 192...255:
        let target = (length & 0x3f) << 8 | (try byte())
        guard target < start else { throw Malformed() }
        resume = resume ?? position
        position = target
      default: throw Malformed()
      }
    }
  }
}
