/// Our own reader of JSON (RFC 8259), bytes to a value tree, in one linear pass.
///
/// It exists because the standard decoder sees neither duplicate keys nor more than the first
/// problem. A syntax error ends the reading; duplicate keys, lone surrogates and numbers out of
/// range are collected, each with its pointer. Refused are documents deeper than `maximumDepth`
/// and longer than the limit given.
public enum JSONReader {
  /// The deepest nesting of arrays and objects that is read.
  public static let maximumDepth = 64
  /// The longest document that is read by default, in bytes.
  public static let defaultByteLimit = 1 << 20
  /// The greatest magnitude of an integer that every JSON implementation holds: 2⁵³ − 1.
  public static let maximumInteger: Int64 = 9_007_199_254_740_991

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: the UTF-8 bytes; a byte order mark is a syntax error.
  ///   - byteLimit: the longest document accepted.
  /// - Returns: the value, or every issue found (`json.syntax`, `json.utf8`, `json.too_large`,
  ///   `json.too_deep`, `json.duplicate_key`, `json.lone_surrogate`, `json.number_range`).
  public static func read(
    _ bytes: [UInt8], byteLimit: Int = defaultByteLimit
  ) -> Result<JSONValue, ProtocolIssues> {
    readOutlined(bytes, byteLimit: byteLimit).value
  }

  /// Reads a document and tells where the values of its outermost members stand.
  static func readOutlined(
    _ bytes: [UInt8], byteLimit: Int = defaultByteLimit
  ) -> (value: Result<JSONValue, ProtocolIssues>, outline: JSONOutline) {
    guard bytes.count <= byteLimit else { return (.failure(tooLarge(bytes.count, byteLimit)), []) }
    return bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      let document = parser.document()
      guard case .success(.object(let object)) = document else { return (document, []) }
      return (document, zip(object.keys, parser.memberRanges).map { ($0, $1) })
    }
  }

  private static func tooLarge(_ count: Int, _ byteLimit: Int) -> ProtocolIssues {
    ProtocolIssues([
      ProtocolIssue(
        pointer: .root, code: "json.too_large",
        message: "The document has \(count) bytes; at most \(byteLimit) are read.",
        remedy: "Shorten it; put files into the blob store and name them as attachments.")
    ])
  }

  /// Reads a document of any sequence of bytes.
  public static func read(
    _ bytes: some Sequence<UInt8>, byteLimit: Int = defaultByteLimit
  ) -> Result<JSONValue, ProtocolIssues> {
    read(Array(bytes), byteLimit: byteLimit)
  }

  /// Reads the text of a document.
  public static func read(
    _ text: String, byteLimit: Int = defaultByteLimit
  ) -> Result<JSONValue, ProtocolIssues> {
    read(Array(text.utf8), byteLimit: byteLimit)
  }
}

/// Where the values of an outermost object's members stand in its document, by key.
typealias JSONOutline = [(key: String, value: Range<Int>)]
