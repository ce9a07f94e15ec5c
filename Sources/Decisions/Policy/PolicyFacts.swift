import ActionProtocol

/// What a cap has counted within its span, the action in question not included.
public struct CapUse: Hashable, Sendable {
  /// Actions.
  public var count: Int64
  /// The sum of amounts in the cap's currency, in minor units.
  public var minorUnits: Int64
  /// When there is room for one more, as far as that is known.
  public var roomAt: Instant?

  public init(count: Int64 = 0, minorUnits: Int64 = 0, roomAt: Instant? = nil) {
    self.count = count
    self.minorUnits = minorUnits
    self.roomAt = roomAt
  }
}

/// Everything that a policy may look at for one action, at one moment. It is kept with the decision, so
/// that another policy can be tried on it later.
public struct PolicyFacts: Hashable, Sendable {
  /// The action type.
  public let type: ActionType
  /// What caps have counted, by rule.
  public var caps: [String: CapUse]
  private var values: [PolicyValue?]
  private var foldedValues: [PolicyValue?]

  /// Facts of which nothing is known yet.
  public init(_ type: ActionType) {
    self.type = type
    caps = [:]
    values = Array(repeating: nil, count: PolicyField.allCases.count)
    foldedValues = values
  }

  /// The facts of fields and values.
  public init(
    _ type: ActionType, _ values: [PolicyField: PolicyValue], caps: [String: CapUse] = [:]
  ) {
    self.init(type)
    self.caps = caps
    for (field, value) in values { self[field] = value }
  }

  /// A fact; nil where it was not given, ``PolicyValue/absent`` where the record has none.
  public subscript(field: PolicyField) -> PolicyValue? {
    get { values[field.rawValue] }
    set {
      values[field.rawValue] = newValue
      foldedValues[field.rawValue] = newValue?.folded
    }
  }

  func folded(_ field: PolicyField) -> PolicyValue? { foldedValues[field.rawValue] }

  /// What is usual for a type where nothing else is said: nothing counted, nothing special, a customer
  /// on a working day at ten, proposed by AIOM's own analysis.
  public static func typical(_ type: ActionType) -> PolicyFacts {
    var facts = PolicyFacts(type)
    for field in PolicyFields.fields(of: type) {
      switch field.type {
      case .flag: facts[field] = .flag(false)
      case .integer: facts[field] = .integer(0)
      default: facts[field] = .absent
      }
    }
    facts.set(.records, .integer(1))
    facts.set(.recipientCount, .integer(1))
    facts.set(.recipientKind, .text("customer"))
    facts.set(.risk, .text(type.defaultRisk.rawValue))
    facts.set(.direction, .text("forward"))
    facts.set(.hour, .integer(10))
    facts.set(.weekday, .text("wed"))
    facts.set(.proposerKind, .text(Author.Kind.system.rawValue))
    facts.set(.proposer, .text("system:analyzer"))
    facts.set(.delivery, .text(DeliveryMode.live.rawValue))
    facts.set(.confidence, .absent)
    return facts
  }

  /// Sets a fact if actions of the type have it.
  private mutating func set(_ field: PolicyField, _ value: PolicyValue) {
    if field.exists(on: type) { self[field] = value }
  }

  /// These facts with others put over them.
  public func with(_ values: [PolicyField: PolicyValue]) -> PolicyFacts {
    var facts = self
    for (field, value) in values { facts[field] = value }
    return facts
  }

  /// `{action_type, facts: {name: value}, caps: {rule: {…}}}`; caps where there are any.
  public var json: JSONValue {
    var members = JSONObject()
    for field in PolicyField.allCases {
      if let value = self[field] { members[field.name] = value.json }
    }
    var object: JSONObject = [
      "action_type": .string(type.rawValue), "facts": .object(members),
    ]
    if !caps.isEmpty {
      object["caps"] = .object(
        JSONObject(caps.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    return .object(object)
  }

  /// The digest of the canonical JSON.
  public var digest: Digest { Digest.ofCanonical(json) }
}

extension CapUse {
  /// `{count, minor_units, room_at}`; the last two where they say something.
  var json: JSONValue {
    var object: JSONObject = ["count": .integer(count)]
    if minorUnits != 0 { object["minor_units"] = .integer(minorUnits) }
    object["room_at"] = roomAt.map { .string($0.rfc3339) }
    return .object(object)
  }
}
