import HTTPTypes
import Hummingbird

/// What the vendor answers: an envelope with a status.
struct VendorAnswer: Sendable {
  var status: HTTPResponse.Status = .ok
  var requestID: String
  var data: JSONValue
  var headers = HTTPFields()

  init(requestID: String, data: JSONValue) {
    self.requestID = requestID
    self.data = data
  }

  init(requestID: String, refusal: VendorRefusal) {
    self.requestID = requestID
    status = HTTPResponse.Status(code: refusal.status)
    data = refusal.data
    if let standing = refusal.standing { headers = standing.headers }
  }

  var envelope: JSONValue { ["request_id": .string(requestID), "data": data] }

  var response: Response {
    var response = Response.json(envelope, status: status)
    response.headers.append(contentsOf: headers)
    return response
  }
}

/// A request that the vendor turns down.
struct VendorRefusal: Error {
  var status: Int
  /// Without the prefix `E_ApiResponseCodes.`.
  var code: String
  var text: String
  var field: (name: String, message: String)?
  /// Where the caller stands with a limit.
  var standing: RateLimiter.Standing?

  static let prefix = "E_ApiResponseCodes."

  var data: JSONValue {
    var members: [JSONMember] = []
    members.add("error", .string(text))
    members.add("error_code", .string(Self.prefix + code))
    if let field {
      members.add(
        "field_validation_errors",
        ["fieldname": .string(field.name), "message": .string(field.message)])
    }
    return .object(members)
  }

  /// 400, `NON_VALIDATING_IN_PAYLOAD`; the documented text for JSON that does not fit.
  static func payload(_ field: String? = nil, _ complaint: String = "") -> VendorRefusal {
    VendorRefusal(
      status: 400, code: "NON_VALIDATING_IN_PAYLOAD",
      text: "An error occurred processing the json data you sent with the request. Please make "
        + "sure the data conforms to the specification for this call (see the documentation here: "
        + "https://developers.smtp2go.com/reference/introduction) and try again. Don't forget to "
        + "set Content-Type to 'application/json'.",
      field: field.map { name in
        (name, "The field '\(name)' \(complaint), Please correct your JSON payload and try again.")
      })
  }

  /// 400, `API_EXCEPTION`: a refusal by the business behind the API.
  static func business(_ text: String, status: Int = 400) -> VendorRefusal {
    VendorRefusal(status: status, code: "API_EXCEPTION", text: text)
  }

  static func unknownKey(status: Int) -> VendorRefusal {
    business("An API User matching the passed 'api_key' was not found", status: status)
  }

  /// What cannot be kept is not accepted.
  static let unwritable = VendorRefusal.business(
    "The sandbox cannot write what it should keep", status: 500)

  static let malformedKey = VendorRefusal(
    status: 403, code: "INVALID_IN_PAYLOAD",
    text: "The API Key passed was not in the correct format, Please check the key is correct and "
      + "try again.")

  static func permissionDenied(status: Int) -> VendorRefusal {
    VendorRefusal(
      status: status, code: "ENDPOINT_PERMISSION_DENIED",
      text: "You do not have permission to access this API endpoint")
  }

  /// The documented words of the refusal in SMTP; over HTTP they were never captured.
  static func unverified(_ address: String) -> VendorRefusal {
    business(unverifiedText(address))
  }

  static func unverifiedText(_ address: String) -> String {
    "From header sender domain not verified (\(address))"
  }

  /// 429 for the limit of the key itself.
  static func keyLimited(_ standing: RateLimiter.Standing) -> VendorRefusal {
    VendorRefusal(
      status: 429, code: "REQ_LIMIT_EXCEEDED", text: "API key ratelimit exceeded",
      standing: standing)
  }

  static func rateLimited(_ requests: Int, seconds: Int) -> VendorRefusal {
    VendorRefusal(
      status: 429, code: "REQ_LIMIT_EXCEEDED",
      text: "This endpoint is rate limited to \(requests) request(s) every \(seconds) seconds")
  }
}

extension Response {
  /// A JSON answer.
  static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
    bytes(value.encoded, type: "application/json", status: status)
  }

  static func bytes(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// A proxy's error page.
  static func proxyPage(_ status: HTTPResponse.Status) -> Response {
    let title = "\(status.code) \(status.reasonPhrase)"
    let page =
      "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n"
      + "<center><h1>\(title)</h1></center>\r\n</body>\r\n</html>\r\n"
    return bytes(Array(page.utf8), type: "text/html", status: status)
  }
}
