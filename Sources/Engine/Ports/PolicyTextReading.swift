import Decisions

/// Reads a policy as people write it.
public protocol PolicyTextReading: Sendable {
  /// Everything that is wrong with it is told, each with its line.
  func read(_ text: String) -> PolicyReader.Answer
}
