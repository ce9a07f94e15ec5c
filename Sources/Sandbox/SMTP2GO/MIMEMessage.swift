import Foundation

/// A mail as its author wrote it (RFC 5322, RFC 2045 to 2047), as far as the sandbox must know it.
struct MIMEMessage {
  /// A part that is neither the text nor the HTML of the mail.
  struct File {
    var filename: String
    var mimetype: String
    var content: [UInt8]
    /// The `Content-ID` without its angle brackets.
    var contentID: String?
  }

  /// As written, unfolded.
  private(set) var headers: [SandboxHeader] = []
  private(set) var text: String?
  private(set) var html: String?
  private(set) var files: [File] = []

  private static let maximumDepth = 16

  /// - Returns: `nil` when it does not begin with a header field.
  init?(_ bytes: some Collection<UInt8>) {
    let content = Array(bytes)
    let part = Part(content[...])
    guard !part.headers.isEmpty else { return nil }
    headers = part.headers
    read(part, depth: 0)
  }

  /// The first value of a header as written.
  func header(_ name: String) -> String? {
    headers.first { $0.name.isSameHeader(as: name) }?.value
  }

  private mutating func read(_ part: Part, depth: Int) {
    let type = part.type
    if type.name.hasPrefix("multipart/"), let boundary = type.parameters["boundary"],
      depth < Self.maximumDepth
    {
      for inner in part.parts(boundary) { read(Part(inner), depth: depth + 1) }
      return
    }
    let filename = part.filename
    if filename == nil, type.name == "text/plain", text == nil {
      text = part.text
    } else if filename == nil, type.name == "text/html", html == nil {
      html = part.text
    } else {
      files.append(
        File(
          filename: filename ?? "part-\(files.count + 1)", mimetype: type.name,
          content: part.content, contentID: part.contentID))
    }
  }
}

/// One part of a mail: its header fields and what follows them.
private struct Part {
  var headers: [SandboxHeader] = []
  var body: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let line = Self.line(&rest), !line.isEmpty {
      let text = String(decoding: line, as: UTF8.self)
      if text.first == " " || text.first == "\t" {
        guard !headers.isEmpty else { break }
        headers[headers.count - 1].value += " " + text.trimmingCharacters(in: .whitespaces)
        continue
      }
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { break }
      headers.append(
        SandboxHeader(
          name: String(text[..<colon]),
          value: text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)))
    }
    body = rest
  }

  /// The next line without its end.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    if line.last == 0x0D { line.removeLast() }
    rest = rest[min(end + 1, rest.endIndex)...]
    return line
  }

  private func header(_ name: String) -> String? {
    headers.first { $0.name.isSameHeader(as: name) }?.value
  }

  /// The media type in lower case, `text/plain` when none is named.
  var type: (name: String, parameters: [String: String]) {
    Self.parameters(header("Content-Type") ?? "text/plain")
  }

  var filename: String? {
    let disposition = header("Content-Disposition").map(Self.parameters)
    let name = disposition?.parameters["filename"] ?? type.parameters["name"]
    return name.map(EncodedWord.decoded) ?? (disposition?.name == "attachment" ? "" : nil)
  }

  var contentID: String? {
    header("Content-ID")?.trimmingCharacters(in: CharacterSet(charactersIn: "<> "))
  }

  private static func parameters(
    _ value: String
  ) -> (name: String, parameters: [String: String]) {
    let pieces = value.split(separator: ";")
    var parameters: [String: String] = [:]
    for piece in pieces.dropFirst() {
      let pair = piece.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      parameters[pair[0].trimmingCharacters(in: .whitespaces).lowercased()] =
        pair[1].trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    }
    return ((pieces.first ?? "").trimmingCharacters(in: .whitespaces).lowercased(), parameters)
  }

  var content: [UInt8] {
    switch (header("Content-Transfer-Encoding") ?? "").lowercased() {
    case "base64":
      var decoder = Base64Decoder()
      var output: [UInt8] = []
      body.withUnsafeBufferPointer { decoder.decode($0, into: &output) }
      return output
    case "quoted-printable": return EncodedWord.quotedPrintable(body, inHeader: false)
    default: return Array(body)
    }
  }

  /// UTF-8 unless it says ISO-8859-1 (or its superset of Windows).
  var text: String {
    EncodedWord.text(content, charset: type.parameters["charset"] ?? "utf-8")
  }

  /// What stands between the boundary's lines.
  func parts(_ boundary: String) -> [ArraySlice<UInt8>] {
    let mark = Array(("--" + boundary).utf8)
    var found: [ArraySlice<UInt8>] = []
    var start: Int?
    var rest = body
    while !rest.isEmpty {
      let position = rest.startIndex
      guard let line = Self.line(&rest) else { break }
      guard line.starts(with: mark) else { continue }
      if let start { found.append(body[start..<trimmedEnd(position, from: start)]) }
      if line.dropFirst(mark.count).starts(with: Array("--".utf8)) { return found }
      start = rest.startIndex
    }
    if let start, start < body.endIndex { found.append(body[start...]) }
    return found
  }

  /// The line break before a boundary belongs to the boundary.
  private func trimmedEnd(_ end: Int, from start: Int) -> Int {
    var end = end
    if end > start, body[end - 1] == 0x0A { end -= 1 }
    if end > start, body[end - 1] == 0x0D { end -= 1 }
    return end
  }
}

/// Words of a header that are not ASCII (RFC 2047), and quoted-printable.
enum EncodedWord {
  static func decoded(_ value: String) -> String {
    guard value.contains("=?") else { return value }
    var result = ""
    var rest = value[...]
    var followsWord = false
    while let start = rest.range(of: "=?"), let word = word(rest[start.lowerBound...]) {
      let between = rest[..<start.lowerBound]
      // Blanks between two encoded words are not part of the text.
      if !followsWord || !between.allSatisfy({ $0 == " " }) { result += between }
      result += word.text
      rest = word.rest
      followsWord = true
    }
    return result + rest
  }

  private static func word(_ value: Substring) -> (text: String, rest: Substring)? {
    let parts = value.split(separator: "?", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "=", parts[4].first == "=" else { return nil }
    let bytes: [UInt8]
    switch parts[2].lowercased() {
    case "b":
      guard let decoded = Base64Decoder.bytes(of: String(parts[3])) else { return nil }
      bytes = decoded
    case "q": bytes = quotedPrintable(Array(parts[3].utf8)[...], inHeader: true)
    default: return nil
    }
    return (text(bytes, charset: String(parts[1])), parts[4].dropFirst())
  }

  static func text(_ bytes: [UInt8], charset: String) -> String {
    switch charset.lowercased() {
    case "iso-8859-1", "latin1", "windows-1252":
      String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    default: String(decoding: bytes, as: UTF8.self)
    }
  }

  static func quotedPrintable(_ bytes: ArraySlice<UInt8>, inHeader: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "_"), inHeader {
        output.append(0x20)
      } else if byte == UInt8(ascii: "=") {
        let pair = bytes[index..<min(index + 2, bytes.endIndex)]
        let first = pair.first
        if pair.count == 2, let high = first?.hexDigit, let low = pair.last?.hexDigit {
          output.append(high << 4 | low)
          index += 2
        } else if first == 0x0A {
          index += 1
        } else if first == 0x0D {
          index += 2
        }
      } else {
        output.append(byte)
      }
    }
    return output
  }
}
