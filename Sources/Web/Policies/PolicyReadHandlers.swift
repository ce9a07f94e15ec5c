import ActionProtocol
import Cards
import Decisions
import Engine
import HTTPTypes

/// The policy in force, those that wait, and those that were, for a browser.
struct PoliciesPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { PolicyDeed(rawValue: $0) }
    return .page(try await desk.policiesPage(request, notice: done?.notice))
  }
}

/// What a form about policies did.
enum PolicyDeed: String {
  case asked, activated, given, rejected

  var notice: String {
    switch self {
    case .asked: "Asked for. Below stands who has to approve it."
    case .activated:
      "Active from now on. What was approved under another version and has not left yet asks again."
    case .given: "Your approval is taken; others have to approve too."
    case .rejected: "Refused. The policy stays as it is."
    }
  }
}

/// One version, for a browser.
struct PolicyVersionPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    guard let number = Int64(request.token),
      let step = try await PolicyBook(desk.engine).step(frame.org, number)
    else { throw Problem.noPolicyVersion }
    return .page(PolicyVersionPage(frame: frame, step: step).page)
  }
}

/// A text to write the next policy in, for a browser.
struct PolicyDraftPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let book = PolicyBook(desk.engine)
    let number = try QueryValues(request.query).value("from", "the number of a version") {
      Int64($0)
    }
    var policy = try await book.active(frame.org).policy
    if let number {
      guard let step = try await book.step(frame.org, number) else {
        throw Problem.noPolicyVersion
      }
      policy = step.policy
    }
    return .page(PolicyDraftPage(frame: frame, text: PolicyYAML.write(policy)).page)
  }
}

/// The same for programs.
struct PoliciesHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let picture = try await PolicyBook(engine).picture(org)
    var object = PolicyJSON.policy(picture.policy, picture.version)
    object["decisions"] = .integer(picture.hits.decisions)
    object["hits"] = .object(
      JSONObject(
        picture.policy.rules.map { ($0.id, .integer(picture.hits.hits[$0.id] ?? 0)) }))
    object["versions"] = .array(picture.versions.map(\.json))
    object["waiting"] = .array(
      picture.waiting.map { waiting in
        var one = waiting.request.json.objectValue ?? [:]
        one["difference"] = waiting.difference?.json ?? .null
        one["outdated"] = .bool(waiting.isOutdated)
        return .object(one)
      })
    return .json(.object(object))
  }
}

struct PolicyVersionHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    guard let number = Int64(request.token),
      let step = try await PolicyBook(engine).step(org, number)
    else { throw Problem.noPolicyVersion }
    var object = PolicyJSON.policy(step.policy, step.version)
    object["difference"] = step.difference.json
    object["active"] = .bool(step.isActive)
    object["yaml"] = .string(PolicyYAML.write(step.policy))
    return .json(.object(object))
  }
}

/// What rules can look at.
struct PolicyFieldsHandler: ReadingHandler {
  init(_ ports: ReadPorts) {}

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    .json(["fields": .array(PolicyField.allCases.map(\.json))])
  }
}

enum PolicyJSON {
  /// `{policy, hash, sentences, otherwise, version}`.
  static func policy(_ policy: Policy, _ version: PolicyVersion?) -> JSONObject {
    [
      "policy": policy.json, "hash": .string(policy.hash.hex),
      "sentences": .object(
        JSONObject(
          policy.rules.map { ($0.id, .string(PolicySentences.sentence($0))) })),
      "otherwise": .string(PolicySentences.standard), "version": version?.json ?? .null,
    ]
  }
}

extension Problem {
  static let noPolicyVersion = Problem(
    .notFound, "policy.version_unknown", "The policy has no version of this number.",
    remedy: "GET /api/v1/policies lists the versions.")
}

extension DeskViews {
  func policiesPage(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let frame = try await frame(request).frame
    let picture = try await PolicyBook(engine).picture(frame.org)
    return PoliciesPage(
      frame: frame, picture: picture, problem: problem, notice: notice, party: request.party
    ).page
  }
}
