import ActionProtocol
import Decisions

/// Lets a channel wait, on every process: each of them reads the row before it claims.
struct ChannelPauses {
  let store: any StoreTransaction
  /// Uniform in 0..<1.
  let jitter: Double

  /// An extension below this is no news.
  private static let news: Duration = .seconds(10)

  /// Pauses a channel, of all orgs that use the same account where the account is what has to wait.
  /// A pause that is in force gets no shorter.
  /// - Parameter isTold: whether the end is the provider's or follows from the fault; otherwise each
  ///   pause is longer than the last.
  func begin(
    _ org: OrgID, _ channel: OutreachChannel, _ reason: HoldReason, until asked: Instant,
    isTold: Bool
  ) throws {
    let until = try end(org, channel, reason, asked, isTold)
    for one in try concerned(org, reason).sorted() {
      let old = try store.channelPause(one, channel)?.until ?? Instant(milliseconds: 0)
      guard until > old else { continue }
      try store.pause(one, channel, Hold(reason: reason, until: until))
      guard old <= store.now || until > old.advanced(by: Self.news) else { continue }
      try store.append([paused(one, channel, reason, until)], org: one)
    }
  }

  private func end(
    _ org: OrgID, _ channel: OutreachChannel, _ reason: HoldReason, _ asked: Instant,
    _ isTold: Bool
  ) throws -> Instant {
    guard reason == .throttled else { return asked }
    var end = asked
    if !isTold {
      let base = Duration.milliseconds(asked.milliseconds - store.now.milliseconds)
      let last = try store.lastPause(org, channel)
      end = store.now.advanced(
        by: ChannelPause.length(after: last, base: base, now: store.now))
    }
    return ChannelPause.end(of: end, from: store.now, jitter: jitter)
  }

  /// A limit and a fault of the key or the account meet every org that uses the same key; that the
  /// provider cannot be reached, each finds out by itself.
  private func concerned(_ org: OrgID, _ reason: HoldReason) throws -> [OrgID] {
    guard reason == .throttled || reason == .configuration else { return [org] }
    let all = try store.organisations()
    guard let own = all.first(where: { $0.id == org }) else { return [org] }
    return all.filter { $0.mode == own.mode && $0.smtp2goKey == own.smtp2goKey }.map(\.id)
  }

  private func paused(
    _ org: OrgID, _ channel: OutreachChannel, _ reason: HoldReason, _ until: Instant
  ) -> AuditEvent {
    AuditEvent(
      kind: "channel.paused", actor: Author.engine.rawValue, via: "engine",
      subject: "org:\(org.rawValue)",
      details: [
        "channel": .string(channel.rawValue), "reason": .string(reason.rawValue),
        "until": .string(until.rfc3339),
      ])
  }
}
