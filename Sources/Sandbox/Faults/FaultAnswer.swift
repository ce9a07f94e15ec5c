import HTTPTypes
import Hummingbird

/// The answers of faults that take the place of a request's normal course.
enum FaultAnswer {
  static func response(_ fault: SandboxFault) -> Response {
    if let refusal = refusal(fault) {
      return VendorAnswer(requestID: Identifiers.uuid(), refusal: refusal).response
    }
    switch fault {
    case .http401: return Response(status: .unauthorized)
    case .http403: return Response(status: .forbidden)
    case .http404: return Response(status: .notFound)
    case .http413: return .proxyPage(.contentTooLarge)
    case .http429Address: return Response(status: .tooManyRequests)
    case .http429RetryAfter: return retryAfter
    case .http500: return .proxyPage(.internalServerError)
    case .html502: return .proxyPage(.badGateway)
    case .http503: return Response(status: .serviceUnavailable)
    case .http504: return .proxyPage(.gatewayTimeout)
    case .failures200:
      return data([
        "succeeded": 0, "failed": 1,
        "failures": ["550 The sandbox was told to refuse this message"],
      ])
    case .error200:
      return data(VendorRefusal.business("The sandbox was told to refuse this request").data)
    default: return .proxyPage(.internalServerError)
    }
  }

  private static func refusal(_ fault: SandboxFault) -> VendorRefusal? {
    switch fault {
    case .http400: .business("The sandbox was told to refuse this request")
    case .http400Payload: .payload("sender", "is required but was not found")
    case .http400Permission: .permissionDenied(status: 400)
    case .http400Key: .unknownKey(status: 400)
    case .http400Sender: .unverified("sender@sandbox.invalid")
    case .http400Plan: .business("Your plan's sending limit has been reached")
    case .http401Key: .unknownKey(status: 401)
    case .http402: .business("The parameters were valid but the request failed", status: 402)
    case .http403Key: .malformedKey
    case .http403Permission: .permissionDenied(status: 403)
    case .http429: .rateLimited(1, seconds: 60)
    case .http429Key: .keyLimited(RateLimiter.Standing(limit: 1, remaining: 0, reset: 60))
    case .http500Key: .unknownKey(status: 500)
    default: nil
    }
  }

  private static var retryAfter: Response {
    var answer = VendorAnswer(
      requestID: Identifiers.uuid(), refusal: .rateLimited(1, seconds: 60))
    answer.headers[.retryAfter] = "60"
    return answer.response
  }

  private static func data(_ data: JSONValue) -> Response {
    VendorAnswer(requestID: Identifiers.uuid(), data: data).response
  }
}
