import NIOCore

extension OdooClient {
  /// Reads a PDF that the server offers under an address of its own, such as an invoice in the customer's
  /// portal. No credentials go with it: the address brings its own token, and is never logged.
  ///
  /// - Parameters:
  ///   - path: below the server's address, with its slash.
  ///   - limit: the most bytes; more are refused while they arrive.
  /// - Throws: `OdooError`; `notOdoo` where the server leads elsewhere, as it does without a valid token,
  ///   `answerUnexpected` where it is no PDF, `answerTooLarge`.
  public func pdf(at path: String, limit: Int) async throws(OdooError) -> [UInt8] {
    let call = OdooCall(model: "ir.actions.report", method: "pdf")
    guard path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), limit > 0
    else { throw refusal(.requestInvalid, call, "path") }
    var request = WireRequest(method: "GET", path: path, body: nil)
    request.accepts = "application/pdf"
    request.answerLimit = limit
    let wire = request
    return try await reported(nil, "pdf", .read) {
      (report: inout CallReport) throws(Fault) -> [UInt8] in
      report.attempts += 1
      let answer = try await transport.send(
        wire, deadline: configuration.readDeadline, effect: .read)
      report.status = answer.status
      report.bytesReceived += answer.body.readableBytes
      guard answer.status == 200 else { throw Self.refusedDocument(answer) }
      let bytes = [UInt8](answer.body.readableBytesView)
      guard answer.mediaType == "application/pdf", bytes.starts(with: Array("%PDF-".utf8)) else {
        throw Fault(.answerUnexpected, status: answer.status, detail: "no_pdf")
      }
      return bytes
    }
  }

  private static func refusedDocument(_ answer: Answer) -> Fault {
    switch answer.status {
    case 429: Fault(.throttled, status: answer.status, delay: answer.retryAfter)
    case 502, 503, 504: Fault(.unavailable, status: answer.status)
    case 500...: Fault(.serverFailure, status: answer.status)
    default: Fault(.notOdoo, status: answer.status)
    }
  }
}
