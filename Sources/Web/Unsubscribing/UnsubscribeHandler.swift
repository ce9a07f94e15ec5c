import ActionProtocol
import Engine
import HTTPTypes

/// Unsubscribes. A mail program posts `List-Unsubscribe=One-Click` (RFC 8058), a person presses the
/// button; whatever else stands in the body, the token alone says whose wish it is.
struct UnsubscribeHandler: WritingHandler {
  private let unsubscribing: any Unsubscribing

  init(_ ports: WritePorts) {
    unsubscribing = ports.unsubscribing
  }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let way = Self.way(try await body())
    guard try await unsubscribing.unsubscribe(token: request.token, via: way) else {
      throw Problem.notFound
    }
    // A mail program gets no redirect and no page (RFC 8058, 3.1).
    guard way == .page, var page = try await unsubscribing.page(token: request.token) else {
      return .json(["status": "unsubscribed"])
    }
    page.isDone = true
    return .page(UnsubscribeForms.page(page))
  }

  /// The pair may stand in either form that RFC 8058 allows: urlencoded, or as a part of
  /// multipart/form-data.
  static func way(_ body: [UInt8]) -> UnsubscribeWay {
    let text = String(decoding: body, as: UTF8.self).lowercased()
    let isURLEncoded = text.split(separator: "&").contains { pair in
      pair.trimming { $0.isWhitespace } == "list-unsubscribe=one-click"
    }
    let isPart =
      text.contains("name=\"list-unsubscribe\"") || text.contains("name=list-unsubscribe")
    return isURLEncoded || (isPart && text.contains("one-click")) ? .oneClick : .page
  }
}

extension Substring {
  /// Without what matches at either end.
  fileprivate func trimming(_ matches: (Character) -> Bool) -> Substring {
    let start = drop(while: matches)
    return start.lastIndex { !matches($0) }.map { start[...$0] } ?? ""
  }
}
