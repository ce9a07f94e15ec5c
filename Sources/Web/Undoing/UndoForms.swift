import ActionProtocol
import Decisions
import Engine

/// A form of the inbox about one of its lines; it leads back to the inbox.
protocol InboxForm: PlaceForm {}

extension InboxForm {
  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await ports.desk.inboxPage(request, problem: problem)
  }
}

extension PlacePost {
  /// The action and the digest of what was shown of it.
  fileprivate func shown() throws(Problem) -> (ActionID, Digest) {
    guard let id = ActionID(rawValue: self["action"]) else { throw .noAction }
    guard let digest = Digest(hex: self["digest"]) else { throw .value("digest", "one of a card") }
    return (id, digest)
  }
}

/// Takes an approval back while it can be undone.
struct InboxUndoForm: InboxForm {
  static let reason = "Undone in the inbox, within the time to undo."

  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let (id, digest) = try post.shown()
    _ = try await Approvals(ports.engine).reject(
      post.org, id, reason: Self.reason, undoing: digest, by: post.caller.author, via: "web")
    return ("/inbox", InboxDeed.undone.rawValue)
  }
}

/// Ends the time in which an approval can be undone.
struct InboxSendNowForm: InboxForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let (id, digest) = try post.shown()
    try await Approvals(ports.engine).sendNow(
      post.org, id, digest: digest, by: post.caller.author, via: "web")
    return ("/inbox", InboxDeed.released.rawValue)
  }
}

/// What a form of the inbox did.
enum InboxDeed: String {
  case undone, released, saved, removed

  var notice: String {
    switch self {
    case .undone: "Undone. Nothing goes out."
    case .released: "It waits no longer."
    case .saved: "The view is kept. Only you see it."
    case .removed: "The view is deleted."
    }
  }
}
