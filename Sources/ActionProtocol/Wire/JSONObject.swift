/// The members of a JSON object: unique keys in the order they were given.
///
/// Keys are compared by their UTF-8 bytes. Equality ignores the order. Building and searching are
/// linear in the number of members for small objects and constant per key for large ones, so that
/// a hostile document cannot make them quadratic.
public struct JSONObject: Sendable {
  /// One key with its value.
  public struct Member: Sendable {
    /// The key.
    public let key: String
    /// The value.
    public var value: JSONValue
  }

  /// The members in the order they were given.
  public private(set) var members: [Member]
  /// Positions by key, kept only above `scanLimit` members.
  private var positions: [KeyBytes: Int]?

  private static let scanLimit = 24

  /// An empty object.
  public init() { members = [] }

  /// An object of the given members; a later member replaces an earlier one of the same key.
  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    self.init()
    for (key, value) in pairs { self[key] = value }
  }

  /// The number of members.
  public var count: Int { members.count }

  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }

  /// The keys in the order they were given.
  public var keys: [String] { members.map(\.key) }

  /// The value under a key; assigning nil removes the member.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { members[$0].value } }
    set { set(newValue, for: key) }
  }

  /// This object without the members of the given keys.
  public func removing(_ keys: [String]) -> JSONObject {
    var rest = JSONObject()
    for member in members where !keys.contains(where: { $0.hasSameBytes(as: member.key) }) {
      rest.append(member.key, member.value)
    }
    return rest
  }

  /// Appends a member whose key is known to be absent.
  mutating func append(_ key: String, _ value: JSONValue) {
    if members.isEmpty { members.reserveCapacity(8) }
    members.append(Member(key: key, value: value))
    if positions != nil {
      positions?[KeyBytes(text: key)] = members.count - 1
    } else if members.count > Self.scanLimit {
      reindex()
    }
  }

  /// Appends a member unless its value is nil.
  mutating func append(_ key: String, _ value: JSONValue?) {
    if let value { append(key, value) }
  }

  mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

  /// The position of a key, looked for first at `hint`.
  func position(of key: String, near hint: Int = 0) -> Int? {
    if let positions { return positions[KeyBytes(text: key)] }
    let count = members.count
    var index = hint < count ? hint : 0
    for _ in 0..<count {
      if members[index].key.hasSameBytes(as: key) { return index }
      index += 1
      if index == count { index = 0 }
    }
    return nil
  }

  private mutating func set(_ value: JSONValue?, for key: String) {
    let found = position(of: key)
    guard let value else {
      guard let found else { return }
      members.remove(at: found)
      if positions != nil { reindex() }
      return
    }
    if let found { members[found].value = value } else { append(key, value) }
  }

  private mutating func reindex() {
    var fresh: [KeyBytes: Int] = [:]
    fresh.reserveCapacity(members.count * 2)
    for (index, member) in members.enumerated() { fresh[KeyBytes(text: member.key)] = index }
    positions = fresh
  }
}

extension JSONObject: Sequence {
  /// The members as pairs, in the order they were given.
  public func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
    members.lazy.map { (key: $0.key, value: $0.value) }.makeIterator()
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Hashable {
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    for (index, member) in left.members.enumerated() {
      guard let position = right.position(of: member.key, near: index),
        right.members[position].value == member.value
      else { return false }
    }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    var mixed = 0
    for member in members {
      var own = Hasher()
      member.key.hashBytes(into: &own)
      own.combine(member.value)
      mixed ^= own.finalize()
    }
    hasher.combine(count)
    hasher.combine(mixed)
  }
}

extension JSONObject {
  /// A key whose identity is its bytes.
  struct KeyBytes: Hashable, Sendable {
    let text: String

    static func == (left: KeyBytes, right: KeyBytes) -> Bool {
      left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  }
}
