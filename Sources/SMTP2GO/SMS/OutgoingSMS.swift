import Addressing
import NIOCore

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
    if destination.isEmpty { return Refusal(code: "client.no_recipient", message: "No number.") }
    if destination.count > 100 {
      return Refusal(code: "client.too_many_recipients", message: "More than 100 numbers.")
    }
    do throws(AddressingIssue) {
      _ = try SMSText(content)
    } catch {
      return Refusal(code: "client.\(error.code)", message: error.message)
    }
    return nil
  }

  func encoded() -> ByteBuffer {
    var writer = JSONWriter(capacity: 64 + content.utf8.count + destination.count * 20)
    writer.object { writer in
      writer.key("destination")
      writer.array(destination) { writer, number in writer.string(number.e164) }
      writer.key("content")
      writer.string(content)
      if let sender {
        writer.key("sender")
        writer.string(sender.e164)
      }
    }
    return writer.buffer
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
