import ActionProtocol
import Engine
import Foundation
import Insights
import TestSupport

extension EngineHouse {
  /// Puts something on hold, as a person would.
  @discardableResult
  func hold(
    _ kind: CollectionHold.Kind, _ subject: CollectionHolds.Subject = .invoice("INV-2024-001"),
    until last: String? = nil, promise: CollectionHolds.PromiseWish? = nil
  ) async throws -> (hold: CollectionHold, changed: [ActionID]) {
    try await CollectionHolds(context).add(
      org,
      CollectionHolds.Wish(
        subject: subject, kind: kind, lastDay: last.flatMap { LocalDate(iso: $0) },
        promise: promise), note: "they called", by: .tester, via: "test")
  }

  /// Puts a hold into the books and nothing else, as a process does that dies right after its commit.
  func holdAlone(
    _ kind: CollectionHold.Kind, _ subject: CollectionHold.Subject, until last: String? = nil
  ) async throws {
    let (org, clock) = (org, clock)
    try await store.write { store in
      let hold = CollectionHold(
        id: "hold-1", subject: subject, kind: kind,
        madeOn: LocalDate(clock.now, in: .gmt), lastDay: last.flatMap { LocalDate(iso: $0) },
        setBy: .tester, note: "they called")
      try store.insert(
        hold, org: org, at: clock.now,
        endsAt: hold.lastDay.map { _ in clock.now.advanced(by: .seconds(3 * 86_400)) })
    }
  }

  func end(_ hold: CollectionHold) async throws {
    _ = try await CollectionHolds(context).remove(
      org, hold.id, note: "settled", by: .tester, via: "test")
  }

  /// Everybody's actions, by id.
  func actions() async throws -> [ActionState] {
    let org = org
    return try await store.read { try $0.actions(org, ActionFilter()) }
  }

  static func acme(_ id: Int64 = 1) -> PartnerID { PartnerID(rawValue: id).unsafelyUnwrapped }
}
