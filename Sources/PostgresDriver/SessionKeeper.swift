import Foundation
import Glibc
import Store

/// Keeps one session open: connects when it is first needed and again after it broke. Lives on its
/// session's thread.
final class SessionKeeper {
  private let address: PostgresAddress
  private let limits: PostgresLimits
  private let losses: ConnectionLosses
  private var session: PostgresSession?
  /// Whether the database was ever reached. A wrong address is reported at once; an outage is waited
  /// out for a while.
  private var wasConnected = false
  /// The outage that is going on: since when, how often it was tried, and what was answered last.
  private var outage: Outage?

  private struct Outage {
    let since = ContinuousClock.now
    var attempts = 0
    var lastAttempt = ContinuousClock.now
  }

  init(_ address: PostgresAddress, _ limits: PostgresLimits, _ losses: ConnectionLosses) {
    self.address = address
    self.limits = limits
    self.losses = losses
  }

  /// Begins a transaction, on a new session where the old one broke meanwhile.
  ///
  /// - Parameter text: the statements that begin it; the last one gives the time in milliseconds.
  func begin(_ text: (PostgresSession) -> String) throws -> (PostgresSession, Int64) {
    while true {
      let isKept = session != nil
      let session = try connected()
      do {
        let now = try session.command(text(session))
        return (session, now.flatMap { Int64($0) } ?? 0)
      } catch {
        release(session)
        // Nothing was done yet, so that a session which broke while it lay idle costs nobody anything.
        guard isKept, session.isBroken else { throw error }
      }
    }
  }

  /// The session, open.
  func connected() throws -> PostgresSession {
    if let session, !session.isBroken { return session }
    session = nil
    while true {
      do {
        let made = try PostgresSession(address, limits)
        // Known before anything is done on it.
        if wasConnected { losses.add() }
        session = made
        wasConnected = true
        outage = nil
        return made
      } catch {
        try waitForNextAttempt(after: error)
      }
    }
  }

  /// Ends what is still open in a session; a broken one is let go.
  func release(_ session: PostgresSession) {
    session.rollBack()
    if session.isBroken || session.isInTransaction { self.session = nil }
  }

  /// Waits before the next attempt, longer each time, at most a second; throws once patience is over.
  private func waitForNextAttempt(after error: any Error) throws {
    guard wasConnected, (error as? StoreError)?.code == "connection_lost" else { throw error }
    var outage = outage ?? Outage()
    outage.attempts += 1
    outage.lastAttempt = .now
    self.outage = outage
    let patience = Duration.milliseconds(limits.patience)
    guard outage.lastAttempt - outage.since < patience else { throw error }
    let longest = min(1000, 25 << min(outage.attempts, 6))
    usleep(UInt32(Int.random(in: longest / 2...longest)) * 1000)
  }
}
