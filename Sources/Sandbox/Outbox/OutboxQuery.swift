import Foundation
import Hummingbird

/// How `/_sandbox/messages` is asked.
struct OutboxQuery {
  var header: String?
  var value: String?
  var since: Date?
  var offset: Int
  var limit: Int

  init(_ request: Request) {
    let parameters = request.uri.queryParameters
    header = parameters["header"].map(String.init)
    value = parameters["value"].map(String.init)
    since = parameters["since"].flatMap { VendorDate.parse(String($0)) }
    offset = max(0, parameters["offset"].flatMap { Int($0) } ?? 0)
    limit = min(1000, max(1, parameters["limit"].flatMap { Int($0) } ?? 100))
  }

  func matches(_ message: SandboxMessage) -> Bool {
    if let since, message.receivedAt < since { return false }
    guard let header else { return true }
    return message.headers.contains { field in
      field.name.isSameHeader(as: header) && (value.map { field.value == $0 } ?? true)
    }
  }
}
