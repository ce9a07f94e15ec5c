import ActionProtocol
import Decisions
import Engine

/// A suppression that somebody asks for, as the command line takes it.
struct SuppressionOrder {
  /// What a person can say led to it.
  static let kinds: [SuppressionReason] = [.manual, .legal, .unsubscribe, .complaint, .invalid]

  var address = ""
  var scope = "all"
  var kind = "manual"
  /// Nil: for good.
  var days: Int?

  /// - Throws: ``Problem`` naming the field.
  func wish(now: Instant) throws(Problem) -> Suppressions.Wish {
    guard !address.isEmpty else {
      throw .field("address", "is empty", "Write ann@example.org, example.org or +15551234567.")
    }
    guard ["all", "marketing"].contains(scope) else {
      throw .field("scope", "is neither all nor marketing", "Take one of the two.")
    }
    guard let reason = SuppressionReason(rawValue: kind), Self.kinds.contains(reason) else {
      throw .field(
        "kind", "is unknown",
        "Take one of \(Self.kinds.map(\.rawValue).joined(separator: ", ")).")
    }
    if let days, !(1...3650).contains(days) {
      throw .field("days", "is outside 1 to 3650", "Leave it empty for good.")
    }
    return Suppressions.Wish(
      address: try SuppressionAddress.named(address), scope: SuppressionScope(rawValue: scope),
      reason: reason, expiresAt: days.map { now.advanced(by: .seconds($0 * 86_400)) })
  }
}

/// A form that comes back to the page about outreach.
protocol OutreachPlaceForm: PlaceForm {}

extension OutreachPlaceForm {
  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    try await ports.desk.outreachPage(request, problem: problem)
  }
}

struct SuppressForm: OutreachPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let days = Int(post["days"])
    guard post["days"].isEmpty || days != nil else {
      throw Problem.field("days", "is no whole number", "Leave it empty for good.")
    }
    let order = SuppressionOrder(
      address: post["address"], scope: post["scope"], kind: post["kind"], days: days)
    let now = try await ports.engine.store.read { $0.now }
    let (_, answer) = try await Suppressions(ports.engine).add(
      post.org, order.wish(now: now), note: post.needed("reason", "why"),
      by: post.caller.author, via: "web")
    return ("/outreach", OutreachDeed(answer).rawValue)
  }
}

struct LiftForm: OutreachPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    _ = try await Suppressions(ports.engine).remove(
      post.org, post["suppression"], note: post.needed("reason", "why"), by: post.caller.author,
      via: "web")
    return ("/outreach", OutreachDeed.lifted.rawValue)
  }
}

struct HoldEndForm: OutreachPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    _ = try await CollectionHolds(ports.engine).remove(
      post.org, post["hold"], note: post.needed("reason", "why"), by: post.caller.author,
      via: "web")
    return ("/outreach", OutreachDeed.ended.rawValue)
  }
}
