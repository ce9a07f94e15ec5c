import Foundation
import HTTPTypes
import Synchronization

/// Who is calling, and what they may do.
struct VendorKeys: Sendable {
  private let configuration: SandboxConfiguration

  init(_ configuration: SandboxConfiguration) {
    self.configuration = configuration
  }

  /// The key of a request: header, body field, or bearer token. Which one wins when they differ is
  /// not documented.
  func authenticate(_ headers: HTTPFields, _ body: JSONValue) throws(VendorRefusal) -> String {
    let key = headers[.smtp2goKey] ?? body["api_key"]?.string ?? bearer(headers)
    guard let key, !key.isEmpty else { throw .malformedKey }
    if configuration.keys.contains(key) { return key }
    throw Self.isWellFormed(key)
      ? .unknownKey(status: configuration.unknownKeyStatus) : .malformedKey
  }

  func authorize(_ key: String, for endpoint: VendorEndpoint) throws(VendorRefusal) {
    guard endpoint.needsPermission else { return }
    guard permissions(of: key).contains(endpoint.rawValue) else {
      throw .permissionDenied(status: configuration.permissionDeniedStatus)
    }
  }

  /// The endpoints that a key may call.
  func permissions(of key: String) -> [String] {
    configuration.keyPermissions[key] ?? VendorEndpoint.allCases.map(\.rawValue)
  }

  /// The name of a key in reports.
  static func username(of key: String) -> String {
    String(key.prefix(16))
  }

  /// `^api-[A-Za-z0-9]{32}$`.
  static func isWellFormed(_ key: String) -> Bool {
    key.utf8.count == 36 && key.hasPrefix("api-")
      && key.utf8.dropFirst(4).allSatisfy(\.isAlphanumeric)
  }

  private func bearer(_ headers: HTTPFields) -> String? {
    guard let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return value.dropFirst("bearer ".count).trimmingCharacters(in: .whitespaces)
  }
}

extension HTTPField.Name {
  /// `X-Smtp2go-Api-Key`, the scheme that the specification declares.
  static let smtp2goKey = HTTPField.Name("X-Smtp2go-Api-Key") ?? .authorization
}

/// The fixed limit of `/activity/search`: 60 calls in any 60 seconds, per key.
final class ActivityRateLimit: Sendable {
  static let requests = 60
  static let seconds = 60

  private let calls = Mutex<[String: [Date]]>([:])

  func admit(_ key: String, at now: Date) throws(VendorRefusal) {
    let isAdmitted = calls.withLock { calls in
      let recent = calls[key, default: []].filter {
        now.timeIntervalSince($0) < Double(Self.seconds)
      }
      guard recent.count < Self.requests else { return false }
      calls[key] = recent + [now]
      return true
    }
    guard isAdmitted else { throw .rateLimited(Self.requests, seconds: Self.seconds) }
  }
}
