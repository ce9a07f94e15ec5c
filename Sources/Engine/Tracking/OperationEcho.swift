import ActionProtocol

/// The header by which a message says which call it came from, and by which it is found again.
///
/// Its value is the operation id, `action.revision.call`. It names no org, because the ids of actions
/// are given once over all orgs of a database; an id that two orgs nevertheless share, from before
/// that rule, is not believed (``TrackingReading/isElsewhere(_:_:)``).
public enum OperationEcho {
  /// The header's name.
  public static let header = "X-AIOM-Operation"

  /// Reads a header's value; nil where it is none of ours.
  public static func read(_ text: String) -> OperationID? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 3, let call = number(parts[parts.count - 1]),
      let revision = number(parts[parts.count - 2]),
      let action = ActionID(rawValue: parts.dropLast(2).joined(separator: "."))
    else { return nil }
    return OperationID(action: action, revision: revision, call: call)
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number > 0
    else { return nil }
    return number
  }
}
