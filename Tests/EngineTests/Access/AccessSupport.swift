import ActionProtocol
import Credentials
import Decisions
import Engine
import TestSupport

/// An installation with persons: hashes cost next to nothing, the clock stands still.
struct AccessHouse {
  static let password = "four unrelated words here"

  let house: EngineHouse
  let context: AccessContext

  init() async throws {
    house = try await EngineHouse(drafting: NoDrafting())
    context = AccessContext(
      store: house.store, entropy: .system,
      crypto: SystemCredentials.crypto(
        key: { [UInt8](repeating: 7, count: 32) },
        cost: PasswordCost(rounds: 2, blockSize: 1, parallelism: 1)))
  }

  var people: People { People(context) }
  var signIn: SignIn { SignIn(context) }
  var tokens: Tokens { Tokens(context) }
  var roles: Roles { Roles(context) }
  var codes: CodeSetup { CodeSetup(context) }
  var org: OrgID { house.org }

  static let local = Principal.local(.tester)

  static func id(_ text: String) -> PersonID { PersonID(rawValue: text).unsafelyUnwrapped }

  static func role(_ text: String) -> RoleName { RoleName(rawValue: text).unsafelyUnwrapped }

  /// Adds the owner `ann` and signs her in.
  func owner() async throws -> Principal {
    _ = try await people.add(
      NewPerson(id: Self.id("ann"), name: "Ann Lee"), roles: [.owner], in: org,
      password: Self.password, by: Self.local, via: "test")
    return try await signedIn("ann")
  }

  /// Adds somebody with roles, who sets the password by their link.
  @discardableResult
  func add(
    _ handle: String, _ roles: Set<RoleName>, by caller: Principal
  ) async throws -> Principal {
    let link = try await people.add(
      NewPerson(id: Self.id(handle), name: "Some Body"), roles: roles, in: org, password: nil,
      by: caller, via: "test")
    _ = try await people.accept(link: link ?? "", password: Self.password, via: "test")
    return try await signedIn(handle)
  }

  func signedIn(_ handle: String, code: String? = nil) async throws -> Principal {
    try await signIn.caller(
      signIn.login(
        handle, password: Self.password, code: code, from: nil, place: .web, via: "test"
      ).token)
  }

  func rights(_ caller: Principal) async throws -> Set<Right> {
    let org = org
    return try await house.store.read { try AccessGate($0).rights(of: caller, in: org) }
  }

  /// The code of an error, or `done`.
  func outcome(_ body: () async throws -> Void) async throws -> String {
    do {
      try await body()
      return "done"
    } catch let error as AccessError {
      return error.code
    }
  }

  /// The kinds of the audit entries about persons and credentials, in order, with who did it.
  func audit() async throws -> [String] {
    let org = org
    let records = try await house.store.read {
      try $0.audit(org, action: nil, after: 0, limit: 1000)
    }
    return records.map { record in
      guard case .success(.object(let leaf)) = JSONReader.read(record.leaf) else { return "?" }
      return "\(leaf["kind"]?.stringValue ?? "?") by \(leaf["actor"]?.stringValue ?? "?")"
    }
  }
}
