import Addressing

extension OutgoingEmail {
  /// A file, attached or shown inside the HTML body.
  public struct Attachment: Sendable, Equatable {
    /// Where the bytes are.
    public enum Source: Sendable, Equatable {
      /// In memory.
      case bytes([UInt8])
      /// In a regular file at this path. It is read while the request goes out; one that changes
      /// meanwhile cuts the request off, and its outcome is `unknown`.
      case file(path: String)
      /// At an `http` or `https` address from which the provider itself fetches the file; it keeps
      /// it for 24 hours. Not for `/email/mime`.
      case url(String)
    }

    /// The file's name; for inline files also the content id by which the HTML refers to it.
    public var filename: String
    /// The media type, such as `application/pdf`; nil leaves it to the provider.
    public var mimetype: String?
    /// Where the bytes are.
    public var source: Source

    /// Builds an attachment.
    public init(filename: String, mimetype: String? = nil, source: Source) {
      self.filename = filename
      self.mimetype = mimetype
      self.source = source
    }

    /// Builds an attachment of bytes in memory.
    public init(filename: String, mimetype: String, content: [UInt8]) {
      self.init(filename: filename, mimetype: mimetype, source: .bytes(content))
    }
  }
}

extension OutgoingEmail.Attachment {
  var refusal: Refusal? {
    if filename.isEmpty { return .local("no_filename", "An attachment has no name.") }
    if case .url(let url) = source, !Self.isWebAddress(url) {
      return .local("attachment_url", "An attachment's address is not http or https.")
    }
    return .header([filename, mimetype ?? ""])
  }

  /// Opens the file, where there is one, and finds out its length.
  func opened() throws(OpenFile.Fault) -> OpenAttachment {
    switch source {
    case .bytes(let bytes):
      OpenAttachment(filename: filename, mimetype: mimetype, content: .bytes(ArraySource(bytes)))
    case .file(let path):
      OpenAttachment(
        filename: filename, mimetype: mimetype,
        content: .bytes(FileSource(try OpenFile(path: path))))
    case .url(let url):
      OpenAttachment(filename: filename, mimetype: mimetype, content: .url(url))
    }
  }

  private static func isWebAddress(_ text: String) -> Bool {
    let lower = text.lowercased()
    return (lower.hasPrefix("https://") || lower.hasPrefix("http://"))
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}

/// An attachment whose bytes can be had.
struct OpenAttachment: Sendable {
  enum Content: Sendable {
    case bytes(any ByteSource)
    case url(String)
  }

  let filename: String
  let mimetype: String?
  let content: Content

  /// How many bytes it has, before encoding.
  var size: Int {
    switch content {
    case .bytes(let source): source.length
    case .url: 0
    }
  }
}

/// A request that turns out to be impossible while its body is put together.
struct BodyRefusal: Error {
  let refusal: Refusal

  init(_ refusal: Refusal) {
    self.refusal = refusal
  }
}

extension [OutgoingEmail.Attachment] {
  func opened() throws(OpenFile.Fault) -> [OpenAttachment] {
    var result: [OpenAttachment] = []
    for attachment in self { result.append(try attachment.opened()) }
    return result
  }

  var hasFiles: Bool {
    contains { attachment in
      if case .file = attachment.source { return true }
      return false
    }
  }
}
