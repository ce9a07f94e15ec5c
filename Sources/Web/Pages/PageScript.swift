import ActionProtocol
import Foundation

/// A script that a page carries within it. What pages are for works without any.
struct PageScript: Sendable {
  let text: StaticString
  /// The source expression of a content policy that allows exactly this text.
  let source: String

  init(_ text: StaticString) {
    self.text = text
    source = ContentHash.source(of: text)
  }
}

/// How a content policy names a text that stands in the page itself.
enum ContentHash {
  /// `'sha256-…'`.
  static func source(of text: StaticString) -> String {
    let digest = Digest.sha256(text.withUTF8Buffer { Array($0) }).hex
    let bytes = Data(stride(from: 0, to: 64, by: 2).map { byte(digest, $0) })
    return "'sha256-\(bytes.base64EncodedString())'"
  }

  private static func byte(_ hex: String, _ offset: Int) -> UInt8 {
    let start = hex.index(hex.startIndex, offsetBy: offset)
    return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
  }
}
