/// The name of a role in an org: one of the five that every org has, or one of its own.
public struct RoleName: RawRepresentable, Hashable, Comparable, Sendable {
  public let rawValue: String

  public static let rule =
    "must be 1 to 40 small letters, digits, '-' or '_', beginning with a letter"

  public init?(rawValue: String) {
    guard PersonID(rawValue: rawValue) != nil, !rawValue.contains(".") else { return nil }
    self.rawValue = rawValue
  }

  private init(known: String) { rawValue = known }

  /// May do everything.
  public static let owner = RoleName(known: "owner")
  public static let finance = RoleName(known: "finance")
  public static let sales = RoleName(known: "sales")
  public static let approver = RoleName(known: "approver")
  public static let viewer = RoleName(known: "viewer")

  /// The five, from the one that may most.
  public static let builtIn: [RoleName] = [.owner, .finance, .sales, .approver, .viewer]

  /// What a role of the five may do; nil for a role of an org's own.
  public var builtInRights: Set<Right>? {
    switch self {
    case .owner: Set(Right.allCases)
    case .finance: [.read, .propose, .suppress, .records, .decide, .stop, .unsuppress]
    case .sales: [.read, .propose, .suppress, .records, .decide, .stop]
    case .approver: [.read, .suppress, .decide, .stop]
    case .viewer: [.read]
    default: nil
    }
  }

  public static func < (left: RoleName, right: RoleName) -> Bool { left.rawValue < right.rawValue }
}
