import Foundation

/// A mail as it would go over the wire.
///
/// What came through `/email/mime` is shown as it came; for the rest the sandbox writes what the
/// vendor might. Files above a megabyte are left out of what it writes.
enum MessageSource {
  private static let largestFile = 1024 * 1024

  static func bytes(of message: SandboxMessage, _ spool: FileSpool) -> [UInt8] {
    if let source = message.sourceID, let content = spool.content(of: source) {
      return Array(content)
    }
    return Array(composed(message, spool).utf8)
  }

  private static func composed(_ message: SandboxMessage, _ spool: FileSpool) -> String {
    let lines = message.headers.map { "\($0.name): \($0.value)" }
    let head = lines.joined(separator: "\r\n") + "\r\nMIME-Version: 1.0\r\n"
    return head + body(of: message, spool)
  }

  private static func body(of message: SandboxMessage, _ spool: FileSpool) -> String {
    var texts: [String] = []
    if let text = message.textBody { texts.append(part("text/plain", text)) }
    if let html = message.htmlBody { texts.append(part("text/html", html)) }
    let content =
      texts.count == 1 ? texts[0] : multipart("alternative", message.id + "-a", texts)
    let related =
      [content] + message.inlines.map { file($0, "inline", spool) }
    let whole =
      related.count == 1 ? content : multipart("related", message.id + "-r", related)
    guard !message.attachments.isEmpty else { return whole }
    return multipart(
      "mixed", message.id + "-m",
      [whole] + message.attachments.map { file($0, "attachment", spool) })
  }

  private static func part(_ type: String, _ text: String) -> String {
    "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
      + base64(Data(text.utf8)) + "\r\n"
  }

  private static func multipart(_ kind: String, _ boundary: String, _ parts: [String]) -> String {
    "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\r\n\r\n"
      + parts.map { "--\(boundary)\r\n\($0)" }.joined(separator: "\r\n")
      + "\r\n--\(boundary)--\r\n"
  }

  private static func file(
    _ file: SandboxAttachment, _ disposition: String, _ spool: FileSpool
  ) -> String {
    let name = file.filename.filter { $0 != "\"" && $0 != "\r" && $0 != "\n" }
    let head =
      "Content-Type: \(type(of: file))\r\nContent-Transfer-Encoding: base64\r\n"
      + "Content-Disposition: \(disposition); filename=\"\(name)\"\r\n"
      + (disposition == "inline" ? "Content-ID: <\(name)>\r\n" : "")
    return head + "\r\n" + content(of: file, spool) + "\r\n"
  }

  private static func content(of file: SandboxAttachment, _ spool: FileSpool) -> String {
    if let url = file.url { return base64(Data("fetched from \(url)".utf8)) }
    guard let size = file.size, size <= largestFile, let id = file.contentID,
      let content = spool.content(of: id)
    else { return base64(Data("left out: \(file.size ?? 0) bytes".utf8)) }
    return base64(content)
  }

  /// A media type that may stand in a header.
  private static func type(of file: SandboxAttachment) -> String {
    let type = file.mimetype ?? ""
    let isPlain = type.utf8.allSatisfy { $0.isAlphanumeric || "/-+.".utf8.contains($0) }
    return type.isEmpty || !isPlain || !type.contains("/") ? "application/octet-stream" : type
  }

  private static func base64(_ data: Data) -> String {
    data.base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn,
      .endLineWithLineFeed,
    ])
  }
}
