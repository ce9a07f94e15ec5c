import Addressing

/// One text for `/sms/send`, to each of its destinations.
public struct OutgoingSMS: Sendable, Equatable {
  /// 1 to 100 numbers.
  public var destination: [PhoneNumber]
  /// The text; beyond one segment it is charged as several.
  public var content: String
  /// A number of the account; nil lets the provider choose.
  public var sender: PhoneNumber?

  /// Builds a message.
  public init(destination: [PhoneNumber], content: String, sender: PhoneNumber? = nil) {
    self.destination = destination
    self.content = content
    self.sender = sender
  }

  /// What can be said against the message without asking the provider.
  var refusal: Refusal? {
    if destination.isEmpty { return .local("no_recipient", "No number.") }
    if destination.count > 100 {
      return .local("too_many_recipients", "More than 100 numbers.")
    }
    do throws(AddressingIssue) {
      _ = try SMSText(content)
    } catch {
      return .local(error)
    }
    return nil
  }

  func encoded() -> RequestBody {
    JSONWriter.object(capacity: 64 + content.utf8.count + destination.count * 20) { writer in
      writer.field("destination", destination.map(\.e164))
      writer.field("content", content)
      writer.field("sender", sender?.e164)
    }
  }
}

extension OutgoingSMS: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "OutgoingSMS(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are numbers and text.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
