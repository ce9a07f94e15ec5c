import NIOCore

/// The frame around every answer, `{"request_id": …, "data": …}`, read where it deviates too:
/// some answers carry the id inside `data`, some errors stand beside it.
struct Envelope {
  let root: JSON
  /// `data`, or the whole object where there is none.
  let data: JSON

  /// Nil where the body is not a JSON object.
  init?(_ body: ByteBuffer) {
    guard body.readableBytes > 0, let root = JSONReader.read(body), root.members != nil else {
      return nil
    }
    self.root = root
    data = root.first("data") ?? root
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

  private static func withoutPrefix(_ code: String) -> String {
    code.split(separator: ".").last.map(String.init) ?? code
  }
}
