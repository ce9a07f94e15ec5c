import NIOCore

/// The frame around every answer, `{"request_id": …, "data": …}`, read where it deviates too:
/// some answers carry the id inside `data`, some errors stand beside it.
struct Envelope {
  let root: JSON
  /// `data`, or the whole object where there is none.
  let data: JSON

  /// Nil where the body is not a JSON object, nor a list where one may stand alone.
  init?(_ body: ByteBuffer, takesBareList: Bool = false) {
    guard body.readableBytes > 0, let root = JSONReader.read(body),
      root.members != nil || (takesBareList && root.array != nil)
    else { return nil }
    self.root = root
    data = root.first("data") ?? root
  }

  /// An element of a list, read as an answer of its own. Nil where it is no object.
  init?(element: JSON) {
    guard element.members != nil else { return nil }
    root = element
    data = element.first("data") ?? element
  }

  var requestID: String? {
    root.first("request_id")?.nonEmptyText ?? data.first("request_id")?.nonEmptyText
  }

  /// What the provider reports as an error, in `data` first, then beside it.
  var problem: Refusal? {
    problem(in: data) ?? problem(in: root)
  }

  private func problem(in object: JSON) -> Refusal? {
    let details = object.first("field_validation_errors")
    let code = object.first("error_code")?.nonEmptyText
    let error = object.first("error").flatMap { Self.isNothing($0) ? nil : $0 }
    let text = error.map { $0.nonEmptyText ?? "" }
    guard code != nil || text != nil || details?.first("message") != nil else { return nil }
    let message = [text, details?.first("message")?.text].compactMap { $0 }.filter { !$0.isEmpty }
    return Refusal(
      code: code.map(Self.withoutPrefix) ?? "", message: message.joined(separator: " "),
      field: details?.first("fieldname")?.nonEmptyText)
  }

  private static func isNothing(_ error: JSON) -> Bool {
    error == .bool(false) || error.text == "" || error.array?.isEmpty == true
  }

  /// Codes are printed and logged, so that one which does not look like a code is not repeated.
  private static func withoutPrefix(_ code: String) -> String {
    let name = code.split(separator: ".").last.map(String.init) ?? code
    return SafeText.code(name) ?? "UNRECOGNISED"
  }
}
