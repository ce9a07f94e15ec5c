import Addressing

/// The inputs of `send_email`: one message, rendered, exactly as it will be sent.
public struct SendEmail: Hashable, Sendable {
  /// The recipients, 1-10.
  public var to: [EmailAddress]
  /// Copies, up to 10.
  public var cc: [EmailAddress]
  /// Blind copies, up to 10.
  public var bcc: [EmailAddress]
  /// One of the organisation's verified senders; nil for its default.
  public var from: Mailbox?
  /// Where answers go; nil for the organisation's setting.
  public var replyTo: Mailbox?
  /// The subject, 1-200 characters in one line.
  public var subject: String
  /// The plain text, at least one character.
  public var bodyText: String
  /// The HTML twin of the plain text.
  public var bodyHTML: String?
  /// The template this was rendered from.
  public var templateID: String?
  /// The values it was rendered with; only together with `templateID`.
  public var templateVars: JSONObject?
  /// The files, which lie in the blob store.
  public var attachments: [Attachment]

  /// A message of the given parts.
  public init(
    to: [EmailAddress], cc: [EmailAddress] = [], bcc: [EmailAddress] = [], from: Mailbox? = nil,
    replyTo: Mailbox? = nil, subject: String, bodyText: String, bodyHTML: String? = nil,
    templateID: String? = nil, templateVars: JSONObject? = nil, attachments: [Attachment] = []
  ) {
    self.to = to
    self.cc = cc
    self.bcc = bcc
    self.from = from
    self.replyTo = replyTo
    self.subject = subject
    self.bodyText = bodyText
    self.bodyHTML = bodyHTML
    self.templateID = templateID
    self.templateVars = templateVars
    self.attachments = attachments
  }

  /// The most recipients of one message, all three lists together.
  public static let recipientLimit = 10

  /// All recipients: to, cc, bcc.
  public var recipients: [EmailAddress] { to + cc + bcc }

  /// The inputs on the wire.
  public var json: JSONObject {
    var object: JSONObject = ["to": .strings(to.map(\.rawValue))]
    if !cc.isEmpty { object.append("cc", .strings(cc.map(\.rawValue))) }
    if !bcc.isEmpty { object.append("bcc", .strings(bcc.map(\.rawValue))) }
    object.append("from", .text(from?.rawValue))
    object.append("reply_to", .text(replyTo?.rawValue))
    object.append("subject", .string(subject))
    object.append("body_text", .string(bodyText))
    object.append("body_html", .text(bodyHTML))
    object.append("template_id", .text(templateID))
    object.append("template_vars", templateVars.map { .object($0) })
    if !attachments.isEmpty { object.append("attachments", .array(attachments.map(\.json))) }
    return object
  }
}

/// A file of a message, named by what it contains.
public struct Attachment: Hashable, Sendable {
  /// The SHA-256 of the content, its name in the blob store.
  public var blobSHA256: Digest
  /// The name the recipient sees, without a path, 1-255 characters.
  public var filename: String
  /// The media type, such as `application/pdf`.
  public var mediaType: String
  /// The size in bytes.
  public var bytes: Int64

  /// A file of the given content, name, type and size.
  public init(blobSHA256: Digest, filename: String, mediaType: String, bytes: Int64) {
    self.blobSHA256 = blobSHA256
    self.filename = filename
    self.mediaType = mediaType
    self.bytes = bytes
  }

  /// The attachment on the wire.
  public var json: JSONValue {
    [
      "blob_sha256": .string(blobSHA256.hex), "filename": .string(filename),
      "media_type": .string(mediaType), "bytes": .integer(bytes),
    ]
  }
}

extension JSONValue {
  /// An array of strings.
  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// An array of integers.
  static func integers(_ values: [Int64]) -> JSONValue { .array(values.map { .integer($0) }) }

  /// A string, or nil for nil.
  static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }

  /// An integer, or nil for nil.
  static func id(_ value: Int64?) -> JSONValue? { value.map { .integer($0) } }
}
