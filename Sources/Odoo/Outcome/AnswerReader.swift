import NIOCore

/// Which of the two interfaces a request speaks.
public enum WireProtocol: String, Sendable, Hashable, CaseIterable {
  /// `/jsonrpc`: Odoo 14 to 21.
  case jsonRPC = "json_rpc"
  /// `/json/2`: Odoo 19 and later, with an API key.
  case json2 = "json_2"
}

/// Decides what an HTTP answer says: by the body first, then by the status.
enum AnswerReader {
  /// - Parameters:
  ///   - id: the number of the JSON-RPC request; an answer to another one is not ours. Nil where the
  ///     server does not give it back.
  ///   - caller: the user id in the request, where it has one.
  static func read(
    _ answer: Answer, _ wire: WireProtocol, id: Int?, caller: Int?
  ) throws(Fault) -> OdooJSON {
    let body = answer.body.withUnsafeReadableBytes { JSONReader.read($0) }
    guard let body else { throw unreadable(answer) }
    switch wire {
    case .jsonRPC: return try rpc(body, answer, id: id, caller: caller)
    case .json2: return try json2(body, answer, caller: caller)
    }
  }

  private static func rpc(
    _ body: OdooJSON, _ answer: Answer, id: Int?, caller: Int?
  ) throws(Fault) -> OdooJSON {
    guard let members = body.members, members["jsonrpc"] == "2.0" else {
      throw answer.status == 200 ? Fault(.answerUnexpected, status: 200) : byStatus(answer)
    }
    if let error = members["error"] {
      if let id, let other = members["id"], other != .null, other != .int(id) {
        throw Fault(.answerUnreadable, status: answer.status)
      }
      guard let data = error["data"] else { throw Fault(.answerUnexpected, status: answer.status) }
      throw ServerException.fault(data, status: answer.status, caller: caller)
    }
    guard answer.status == 200 else { throw byStatus(answer) }
    if let id, members["id"] != .int(id) { throw Fault(.answerUnreadable, status: 200) }
    // Odoo 14 leaves `result` out where a method returns nothing.
    return members["result"] ?? .null
  }

  private static func json2(
    _ body: OdooJSON, _ answer: Answer, caller: Int?
  ) throws(Fault) -> OdooJSON {
    if answer.status == 200 { return body }
    // Gateways answer in JSON too; the names of Odoo's exceptions are paths, and it has no 502 to 504.
    guard let name = body["name"]?.text, name.contains("."), body["message"] != nil,
      !(502...504).contains(answer.status)
    else { throw byStatus(answer) }
    throw ServerException.fault(body, status: answer.status, caller: caller)
  }

  private static func unreadable(_ answer: Answer) -> Fault {
    answer.status == 200 ? Fault(.answerUnreadable, status: 200) : byStatus(answer)
  }

  /// No exception that can be read: the status alone, which proves nothing but throttling.
  private static func byStatus(_ answer: Answer) -> Fault {
    switch answer.status {
    case 429:
      Fault(.throttled, status: 429, delay: answer.retryAfter, nothingWasDone: true)
    case 502, 503, 504: Fault(.unavailable, status: answer.status, delay: answer.retryAfter)
    case 500..<600: Fault(.serverFailure, status: answer.status)
    default: Fault(.notOdoo, status: answer.status)
    }
  }
}
