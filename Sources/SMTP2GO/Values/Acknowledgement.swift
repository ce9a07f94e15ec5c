/// The provider's yes to a request whose answer has no documented content.
public struct Acknowledgement: Sendable, Hashable {
  /// What it said beside the yes, where it said something. It may repeat what was asked about.
  public var text: String?

  /// Builds an acknowledgement.
  public init(text: String? = nil) {
    self.text = text
  }
}

extension Acknowledgement: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  /// The type's name only.
  public var description: String { "Acknowledgement" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AnswerReader where Value == Acknowledgement {
  /// Any answer without an error, an empty body too: the contract promises none.
  static let acknowledgement = AnswerReader(
    read: { .accepted(Acknowledgement(text: $0.nonEmptyText)) }, proves: { _ in false },
    empty: Acknowledgement())
}
