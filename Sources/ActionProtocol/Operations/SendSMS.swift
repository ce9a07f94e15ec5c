import Addressing

/// The inputs of `send_sms`: one text message to one phone.
public struct SendSMS: Hashable, Sendable {
  /// The recipient.
  public var to: PhoneNumber
  /// The text, 1-320 characters.
  public var body: String
  /// The template this was rendered from.
  public var templateID: String?

  /// A text message of the given parts.
  public init(to: PhoneNumber, body: String, templateID: String? = nil) {
    self.to = to
    self.body = body
    self.templateID = templateID
  }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = ["to": .string(to.e164), "body": .string(body)]
    object.append("template_id", .text(templateID))
    return object
  }
}
