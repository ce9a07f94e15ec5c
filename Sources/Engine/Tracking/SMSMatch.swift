import ActionProtocol
import Decisions

/// Finds an SMS attempt in the provider's report of sent SMS, or says nothing.
///
/// An SMS carries no reference of ours. A line is taken for the attempt's only where no other attempt
/// could be meant: same number and text, not before the attempt, its id not another attempt's, and no
/// other attempt of that number and text that is unsettled or whose own line is not in the report.
struct SMSMatch {
  let store: any StoreReading
  let configuration: EngineConfiguration

  /// - Parameter report: what the org's own key sent.
  /// - Returns: the provider's id of the message; nil where it is not proven.
  func providerID(of attempt: AttemptRecord, among report: [ReportedSMS]) throws -> String? {
    let intent = attempt.intent
    guard let content = try SentContent.of(intent, store, configuration) else { return nil }
    // The provider's times may be cut to the second.
    let start = intent.at.milliseconds / 1000 * 1000
    let lines = report.filter {
      $0.destination == content.destination && $0.text == content.text
        && $0.at.milliseconds >= start
    }
    guard !lines.isEmpty else { return nil }
    var free: [ReportedSMS] = []
    for line in lines {
      let owner = try store.attempt(intent.org, channel: .sms, providerID: line.providerID)
      if owner == nil || owner?.intent.operation == intent.operation { free.append(line) }
    }
    let ids = Set(lines.map(\.providerID))
    for rival in try rivals(of: attempt, content) where !rival.isExplained(by: ids) { return nil }
    return free.min { ($0.at, $0.providerID) < ($1.at, $1.providerID) }?.providerID
  }

  /// Other attempts that a line could stand for just as well.
  private func rivals(
    of attempt: AttemptRecord, _ content: SentContent
  ) throws -> [AttemptRecord] {
    let intent = attempt.intent
    var rivals: [OperationID: AttemptRecord] = [:]
    for address in try store.addresses(intent.org, intent.operation) {
      let others = try store.attempts(
        intent.org, to: address, .sms, intent.delivery, since: intent.at)
      let open = try store.openSMS(intent.org, to: address)
      for other in others + open where other.intent.operation != intent.operation {
        guard try SentContent.of(other.intent, store, configuration) == content else { continue }
        rivals[other.intent.operation] = other
      }
    }
    return Array(rivals.values)
  }
}

extension AttemptRecord {
  /// Whether the attempt leaves the other lines of a report alone: its own line is among these ids,
  /// or it is known to have sent nothing.
  fileprivate func isExplained(by ids: Set<String>) -> Bool {
    if let providerID { return ids.contains(providerID) }
    switch outcome {
    case "refused", "not_sent", "throttled", "configuration": return true
    default: return false
    }
  }
}
