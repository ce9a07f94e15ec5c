/// Asks for the TXT records of a name; the machine's resolver in the program, a table in tests.
public struct TXTLookup: Sendable {
  /// What came of a question.
  public enum Answer: Hashable, Sendable {
    /// The text of each record.
    case records([String])
    /// There is no such name, or no such record.
    case absent
    /// Nobody answered, or with an error: nothing is known.
    case failed
  }

  /// - Parameter name: in ASCII, without a dot at its end.
  public var answer: @Sendable (_ name: String) async -> Answer

  public init(answer: @escaping @Sendable (_ name: String) async -> Answer) {
    self.answer = answer
  }
}
