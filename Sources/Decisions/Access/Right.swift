/// What somebody may do in an org. A role is a set of these, and so are the scopes of a token.
public enum Right: String, CaseIterable, Hashable, Comparable, Sendable {
  /// Look at everything of the org.
  case read
  /// Put forward an action; it decides nothing.
  case propose
  /// Keep an address from being written to.
  case suppress
  /// Bring in what decisions rest on: imports, synchronising, merged customers.
  case records
  /// Approve, reject, edit, settle, undo, vouch for facts.
  case decide
  /// Stop everything at once.
  case stop
  /// Let a stopped org or channel go on, and release a restored database.
  case resume
  /// Allow addresses again: take a suppression away, record or withdraw consent.
  case unsuppress
  /// Bring a policy into force.
  case policy
  /// Change an org: its profile, senders, limits, jobs, webhooks; make orgs.
  case settings
  /// Persons, their roles, tokens.
  case people

  /// INVARIANT: a right that needs a person is never held by an agent's credential, whoever made it.
  ///
  /// Everything but looking, proposing and protecting an address: the rest decides, or changes what
  /// decisions rest on.
  public var needsPerson: Bool {
    switch self {
    case .read, .propose, .suppress: false
    case .records, .decide, .stop, .resume, .unsuppress, .policy, .settings, .people: true
    }
  }

  /// Everything that an agent may be given.
  public static let forAgents = Set(allCases.filter { !$0.needsPerson })

  /// What is done with it, for people.
  public var meaning: String {
    switch self {
    case .read: "look at everything"
    case .propose: "propose actions"
    case .suppress: "keep addresses from being written to"
    case .records: "import and synchronise records"
    case .decide: "approve, reject, edit, settle and undo actions"
    case .stop: "stop everything"
    case .resume: "let stopped work go on"
    case .unsuppress: "allow addresses again and record consent"
    case .policy: "bring policies into force"
    case .settings: "change organisations, senders, limits and jobs"
    case .people: "add persons, give roles, make tokens"
    }
  }

  /// In the order of the cases: what asks for more comes later.
  public static func < (left: Right, right: Right) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Reads words such as `read,propose`.
  /// - Throws: ``AccessError`` `rights.unknown` naming the word and what there is.
  public static func list(_ text: String) throws(AccessError) -> Set<Right> {
    var rights: Set<Right> = []
    for word in text.split(separator: ",") {
      let name = word.filter { $0 != " " }
      guard let right = Right(rawValue: name) else {
        throw AccessError(
          .invalid, "rights.unknown", "There is no right called \(name.prefix(40)).",
          remedy: "There are: \(words(Set(allCases))).")
      }
      rights.insert(right)
    }
    guard !rights.isEmpty else {
      throw AccessError(
        .invalid, "rights.none", "No right is named.",
        remedy: "Name some of: \(words(Set(allCases))), separated by commas.")
    }
    return rights
  }

  /// `read,propose`, in the order of the cases; what ``list(_:)`` reads.
  public static func words(_ rights: Set<Right>) -> String {
    rights.sorted().map(\.rawValue).joined(separator: ",")
  }
}
