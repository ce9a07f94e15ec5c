import ActionProtocol
import Cards
import Engine
import Foundation

/// Stops in words.
enum StopView {
  /// What a command is about: everything, unless an organisation is named on the command line.
  static func scope(_ global: GlobalOptions, _ house: House) async throws -> StopScope {
    guard let name = global.org else { return .everything }
    return .org(try await house.organisation(named: name).id)
  }

  static func what(_ scope: StopScope) -> String {
    switch scope {
    case .everything: "Everything"
    case .org(let org): "The organisation \(org.rawValue)"
    }
  }

  static func time(_ instant: Instant) -> String { StopWording.time(instant) }

  /// `everything, since …, by …: reason`
  static func sentence(_ stop: Stop) -> String { DisplayText.line(StopWording.sentence(stop)) }

  static func reason(_ stop: Stop) -> String { StopWording.reason(stop) }

  /// What a list or card says first; nil while nothing covers the org.
  static func banner(_ stop: Stop?) -> String? {
    stop.map { DisplayText.line(StopWording.banner($0)) }
  }

  /// The stop that covers an org, or everything.
  static func standing(_ house: House, _ org: OrgID?) async throws -> Stop? {
    try await EmergencyStop(house.context).current().first { stop in
      org.map { stop.scope.covers($0) } ?? (stop.scope == .everything)
    }
  }

  /// - Throws: ``Failure`` while a stop covers the org, or everything.
  static func refuse(_ house: House, _ org: OrgID?) async throws {
    guard let stop = try await standing(house, org) else { return }
    throw Failure(
      .unavailable, "stopped", "It is stopped: \(sentence(stop)).",
      remedy: "`aiom resume` lifts it.", details: ["stop": stop.json])
  }

  // MARK: - A report

  static func rendered(_ report: StopReport) -> String {
    var text = ""
    if report.isStopped {
      text += "Stopped: \(sentence(report.stop)).\n"
      text += "\(report.acknowledged.count) processes have acknowledged"
      text += report.dead.isEmpty ? ".\n" : ", \(report.dead.count) are dead.\n"
      text += "No request leaves any more that had not left by now.\n"
    } else {
      text += "NOT SAFELY STOPPED: \(sentence(report.stop)).\n"
      text += "Nothing new begins, but these processes neither answer nor are proven dead, and "
      text += "what they had begun may still leave:\n"
      for one in report.unreachable {
        text += "  process \(one.boot.processID) on \(one.boot.host) (\(one.boot.id.rawValue)), "
        text += "\(one.open.count) calls open\n"
        for operation in one.open { text += "    \(operation.rawValue)\n" }
      }
      text += "End them, then run `aiom stop` again: it looks again and changes nothing.\n"
    }
    text += list("In flight at the stop, still without an answer:", report.inFlight)
    text += list("In flight at the stop, ended since:", report.ended)
    return text
  }

  private static func list(_ title: String, _ operations: [OperationID]) -> String {
    guard !operations.isEmpty else { return "" }
    return "\(title)\n" + operations.map { "  \($0.rawValue)\n" }.joined()
  }
}
