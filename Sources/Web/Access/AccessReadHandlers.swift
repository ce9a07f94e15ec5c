import ActionProtocol
import Decisions
import Engine

/// Who the caller is, and what they may do where.
struct MeHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let rights = try await access.rights(of: caller)
    var object: JSONObject = [
      "author": .string(caller.author.rawValue), "agent": .bool(caller.isAgent),
      "person": caller.person.map { .string($0.rawValue) } ?? .null,
      "rights": .object(
        JSONObject(
          rights.sorted { $0.key < $1.key }.map { ($0.key.rawValue, AccessJSON.rights($0.value)) })),
    ]
    if case .cookie(let session)? = RouteDoor.shown(request.fields, request.origin) {
      object["form_token"] = .string(FormToken.of(session))
    }
    return .json(.object(object))
  }
}

struct PersonsHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let cards = try await access.persons(in: org)
    return .json(["persons": .array(cards.map { AccessJSON.person($0, in: org) })])
  }
}

struct RolesHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    return .json(["roles": .array(try await access.roles(of: org).map(AccessJSON.role))])
  }
}

struct TokensHandler: ReadingHandler {
  private let access: AccessViews

  init(_ ports: ReadPorts) { access = ports.access }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let tokens = try await access.tokens(of: org)
    return .json(["tokens": .array(tokens.map { AccessJSON.token($0) })])
  }
}
