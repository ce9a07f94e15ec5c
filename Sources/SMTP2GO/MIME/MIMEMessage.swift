import NIOCore

/// Builds a message of RFC 5322 and RFC 2045 to 2047. Contents in base64 and quoted-printable
/// cannot hold the boundaries, which begin with `=_`, and so nothing has to be searched for them.
enum MIMEMessage {
  /// A part with its headers and its encoded content.
  struct Part {
    var headers: [String]
    var content: any ByteSource
  }

  static func source(
    _ email: ThreadedEmail, attachments: [OpenAttachment], inlines: [OpenAttachment]
  ) -> any ByteSource {
    let part = body(email.email, attachments: attachments, inlines: inlines)
    return written(Part(headers: MIMEHeaders.of(email) + part.headers, content: part.content))
  }

  private static func body(
    _ email: OutgoingEmail, attachments: [OpenAttachment], inlines: [OpenAttachment]
  ) -> Part {
    var part = texts(email)
    if !inlines.isEmpty {
      part = multipart(
        "related", [part] + inlines.compactMap { file($0, disposition: "inline") })
    }
    if !attachments.isEmpty {
      part = multipart(
        "mixed", [part] + attachments.compactMap { file($0, disposition: "attachment") })
    }
    return part
  }

  private static func texts(_ email: OutgoingEmail) -> Part {
    let plain = email.textBody.flatMap { $0.isEmpty ? nil : text($0, "plain") }
    let html = email.htmlBody.flatMap { $0.isEmpty ? nil : text($0, "html") }
    let parts = [plain, html].compactMap { $0 }
    return parts.count == 1 ? parts[0] : multipart("alternative", parts)
  }

  private static func text(_ text: String, _ subtype: String) -> Part {
    Part(
      headers: [
        "Content-Type: text/\(subtype); charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
      ],
      content: BufferSource(QuotedPrintable.encode(text)))
  }

  private static func file(_ file: OpenAttachment, disposition: String) -> Part? {
    guard case .bytes(let content) = file.content else { return nil }
    var headers = [
      MIMEHeaders.fold("Content-Type", file.mimetype ?? MediaType.unknown),
      "Content-Transfer-Encoding: base64",
      MIMEParameter.header("Content-Disposition", disposition, "filename", file.filename),
    ]
    if disposition == "inline" { headers.append("Content-ID: <\(file.filename)>") }
    return Part(headers: headers, content: Base64Source(content, layout: .lines))
  }

  private static func multipart(_ subtype: String, _ parts: [Part]) -> Part {
    let boundary = "=_part_\(subtype)"
    var sources: [any ByteSource] = []
    for part in parts {
      sources.append(bytes("--\(boundary)\r\n"))
      sources.append(written(part))
      sources.append(bytes("\r\n"))
    }
    sources.append(bytes("--\(boundary)--\r\n"))
    return Part(
      headers: ["Content-Type: multipart/\(subtype); boundary=\"\(boundary)\""],
      content: JoinedSource(sources))
  }

  private static func written(_ part: Part) -> any ByteSource {
    let headers = part.headers.joined(separator: "\r\n")
    return JoinedSource([bytes(headers + "\r\n\r\n"), part.content])
  }

  private static func bytes(_ text: String) -> any ByteSource {
    BufferSource(ByteBuffer(string: text))
  }
}

/// Media types of attachments.
enum MediaType {
  static let unknown = "application/octet-stream"

  /// `type/subtype`, perhaps with a charset. Composite types (`message`, `multipart`) may not be
  /// encoded in base64 and are none here.
  static func isValid(_ text: String) -> Bool {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
    guard names.count == 2, names.allSatisfy(isToken),
      !["message", "multipart"].contains(names[0].lowercased()), parts.count <= 2
    else { return false }
    guard parts.count == 2 else { return true }
    let parameter = parts[1].drop { $0 == " " }
      .split(separator: "=", omittingEmptySubsequences: false)
    return parameter.count == 2 && parameter.allSatisfy(isToken)
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 127
      && text.utf8.allSatisfy { byte in
        byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
      }
  }
}

/// Content ids, which are the names of inline files.
enum ContentID {
  static func isValid(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 200
      && text.utf8.allSatisfy { byte in
        byte > 0x20 && byte < 0x7F && !"()<>[]:;,\\\"".utf8.contains(byte)
      }
  }
}
