import Decisions
import Engine

/// Policies written as YAML, or as JSON.
public struct PolicyTexts: PolicyTextReading {
  public init() {}

  public func read(_ text: String) -> PolicyReader.Answer { PolicyFile.read(text) }
}
