import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The parts of a mail as downloads and as what its frame shows.
struct FileResponses: Sendable {
  let spool: FileSpool

  /// - Parameter parts: what follows the mail's id in the path.
  /// - Returns: `nil` for what there is not.
  func respond(_ message: SandboxMessage, _ parts: [String]) -> Response? {
    switch (parts.first, parts.count) {
    case ("html", 1): return message.htmlBody.map { frame($0, message) }
    case ("source", 1):
      return guarded(
        .bytes(MessageSource.bytes(of: message, spool), type: "text/plain; charset=utf-8"))
    case ("attachments", 2): return file(parts[1], of: message.attachments)
    case ("inlines", 2): return file(parts[1], of: message.inlines)
    default: return nil
    }
  }

  /// What a mail's author wrote gets no rights: no script, no form, nothing from elsewhere, and an
  /// origin of its own even when it is opened outside its frame.
  private func frame(_ html: String, _ message: SandboxMessage) -> Response {
    var page = html
    for file in message.inlines where !file.filename.isEmpty {
      guard let picture = picture(file) else { continue }
      page = page.replacing("cid:" + file.filename, with: picture)
    }
    var response = guarded(.bytes(Array(page.utf8), type: "text/html; charset=utf-8"))
    response.headers[.contentSecurityPolicy] =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
      + "style-src 'unsafe-inline'; img-src data:; sandbox"
    return response
  }

  /// An inline picture as part of the page, so that the frame need not ask for anything.
  private func picture(_ file: SandboxAttachment) -> String? {
    guard let type = file.mimetype, Self.images.contains(type),
      let size = file.size, size <= Self.largestPicture,
      let content = file.contentID.flatMap(spool.content(of:))
    else { return nil }
    return "data:\(type);base64," + content.base64EncodedString()
  }

  private func file(_ number: String, of files: [SandboxAttachment]) -> Response? {
    guard let index = Int(number), files.indices.contains(index),
      let path = files[index].contentID.flatMap(spool.path(of:)),
      let handle = FileHandle(forReadingAtPath: path)
    else { return nil }
    let file = files[index]
    var response = guarded(
      Response(
        status: .ok, headers: [.contentType: "application/octet-stream"],
        body: Self.body(handle, length: file.size)))
    response.headers[.contentDisposition] =
      "attachment; filename*=UTF-8''" + Self.encoded(file.filename)
    return response
  }

  private static let largestPicture = 4 * 1024 * 1024
  private static let images: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp"]

  private static func body(_ handle: FileHandle, length: Int?) -> ResponseBody {
    ResponseBody(contentLength: length) { writer in
      while let chunk = try handle.read(upToCount: 256 * 1024), !chunk.isEmpty {
        try await writer.write(ByteBuffer(bytes: chunk))
      }
      try await writer.finish(nil)
    }
  }

  private func guarded(_ response: Response) -> Response {
    var response = response
    response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.cacheControl] = "no-store"
    return response
  }

  /// RFC 5987.
  private static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if byte.isAlphanumeric || "-._~".utf8.contains(byte) {
        result.append(byte)
      } else {
        result += [
          UInt8(ascii: "%"), HexDigits.uppercase(byte >> 4), HexDigits.uppercase(byte & 15),
        ]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
