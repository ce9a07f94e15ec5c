import ActionProtocol
import HTTPTypes

/// Why a request was not served: what is wrong, and what would help (RFC 9457).
///
/// Says nothing that the client sent, and nothing about what is inside.
public struct Problem: Error, Hashable, Sendable {
  /// Stable, for programs.
  public let code: String
  public let status: HTTPResponse.Status
  public let title: String
  public let remedy: String
  /// Fields of the answer that belong to the problem, such as `Allow`.
  var fields: HTTPFields
  /// Further members of the JSON form.
  var details: JSONObject
  /// Whether the connection ends with the answer, because the rest of the request is not wanted.
  var closes: Bool

  init(
    _ status: HTTPResponse.Status, _ code: String, _ title: String, remedy: String,
    fields: HTTPFields = [:], details: JSONObject = JSONObject(), closes: Bool = false
  ) {
    self.status = status
    self.code = code
    self.title = title
    self.remedy = remedy
    self.fields = fields
    self.details = details
    self.closes = closes
  }

  /// `application/problem+json`.
  func json(requestID: RequestID?) -> [UInt8] {
    var object: JSONObject = [
      "type": .string("urn:aiom:problem:\(code)"), "title": .string(title),
      "status": .integer(Int64(status.code)), "detail": .string(remedy), "code": .string(code),
    ]
    if let requestID { object["request_id"] = .string(requestID.text) }
    for (key, value) in details { object[key] = value }
    return CanonicalJSON.encode(.object(object))
  }

  static let mediaType = "application/problem+json"
}
