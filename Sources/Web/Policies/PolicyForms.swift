import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Says what is wrong with a draft. Changes nothing.
struct PolicyCheckForm: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ports.draftAnswer(request, FormFields(try await body()), isTried: false)
  }
}

/// Tries a draft on the past. Changes nothing.
struct PolicyBacktestForm: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    try await ports.draftAnswer(request, FormFields(try await body()), isTried: true)
  }
}

extension WritePorts {
  fileprivate func draftAnswer(
    _ request: WebRequest, _ fields: FormFields, isTried: Bool
  ) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let draft = PolicyDraft(self)
    var page = try await draftPage(request, fields, nil)
    let review = draft.review(page.text)
    page.review = review
    if let policy = review.policy {
      page.difference = try await draft.difference(frame.org, to: policy)
      if isTried, review.isUsable { page.past = try await draft.past(frame.org, policy) }
    }
    return .page(page.page, status: review.isUsable ? .ok : .unprocessableContent)
  }

  fileprivate func draftPage(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem?
  ) async throws -> PolicyDraftPage {
    PolicyDraftPage(
      frame: try await desk.frame(request).frame, text: fields.words("text") + "\n",
      reason: fields.words("reason"), problem: problem)
  }
}

/// Asks for a draft to become the policy.
struct PolicyActivateForm: PlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    _ = try await PolicyDraft(ports).request(
      post.org, post.needed("text", "a policy"),
      reason: post.needed("reason", "why it is to become active"), by: post.caller.author,
      via: "web")
    return ("/policies", PolicyDeed.asked.rawValue)
  }

  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    var page = try await ports.draftPage(request, fields, problem)
    page.review = PolicyDraft(ports).review(page.text)
    return page.page
  }
}

/// A form that comes back to the list of policies.
protocol PolicyPlaceForm: PlaceForm {}

extension PolicyPlaceForm {
  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await ports.desk.policiesPage(request, problem: problem)
  }
}

struct PolicyRollbackForm: PolicyPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    guard let version = Int64(post["version"]) else {
      throw Problem.field("version", "is no number", "Take one of the list of versions.")
    }
    _ = try await PolicyDraft(ports).request(
      post.org, version: version, reason: post.needed("reason", "why"), by: post.caller.author,
      via: "web")
    return ("/policies", PolicyDeed.asked.rawValue)
  }
}

struct PolicyApproveForm: PolicyPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    guard let digest = Digest(hex: post["digest"]) else {
      throw Problem.field("digest", "is no digest", "Load the page again.")
    }
    let proof = try await StepUpProof(
      access: ports.access, party: post.request.party, caller: post.caller, digest: digest
    ).of(post.fields)
    let made = try await PolicyBook(ports.engine).approve(
      post.org, post["request"], digest: digest, stepUp: proof, by: post.caller.author, via: "web")
    return ("/policies", (made == nil ? PolicyDeed.given : .activated).rawValue)
  }
}

struct PolicyRejectForm: PolicyPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    try await PolicyBook(ports.engine).reject(
      post.org, post["request"], reason: post.needed("reason", "why it is refused"),
      by: post.caller.author, via: "web")
    return ("/policies", PolicyDeed.rejected.rawValue)
  }
}
