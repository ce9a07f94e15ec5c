import Foundation
import HTTPTypes
import Synchronization

/// Who is calling, and what they may do.
final class VendorKeys: Sendable {
  private struct State {
    var keys: [String: SandboxKey] = [:]
    var order: [String] = []
  }

  private let state: Mutex<State>
  private let settings: SandboxSettings
  /// The region that this sandbox plays on its plain address; `nil` for all of them.
  private let region: String?

  init(_ configuration: SandboxConfiguration, settings: SandboxSettings) {
    var state = State()
    let plain = configuration.keys.map { key in
      SandboxKey(
        key: key, endpoints: configuration.keyPermissions[key],
        status: configuration.sandboxedKeys.contains(key) ? .sandbox : .allowed)
    }
    for key in plain + configuration.furtherKeys { Self.put(key, into: &state) }
    self.state = Mutex(state)
    self.settings = settings
    region = configuration.region
  }

  private static func put(_ key: SandboxKey, into state: inout State) {
    if state.keys.updateValue(key, forKey: key.key) == nil { state.order.append(key.key) }
  }

  /// Adds a key or changes what it may do.
  func put(_ key: SandboxKey) {
    state.withLock { Self.put(key, into: &$0) }
  }

  /// Takes a key back.
  func remove(_ key: String) -> Bool {
    state.withLock { state in
      state.order.removeAll { $0 == key }
      return state.keys.removeValue(forKey: key) != nil
    }
  }

  /// Every key in the order in which it came.
  var all: [SandboxKey] {
    state.withLock { state in state.order.compactMap { state.keys[$0] } }
  }

  /// The key of a request: header, body field, or bearer token. Which one wins when they differ is
  /// not documented.
  ///
  /// - Parameter asked: the region in the request's address; `nil` for the global one.
  func authenticate(
    _ headers: HTTPFields, _ body: JSONValue, region asked: String?
  ) throws(VendorRefusal) -> SandboxKey {
    let given = [headers[.smtp2goKey], body["api_key"]?.string, bearer(headers)]
    guard let text = given.compactMap(\.self).first(where: { !$0.isEmpty }) else {
      throw .malformedKey
    }
    if let key = state.withLock({ $0.keys[text] }), key.status != .blocked,
      isKnown(key, in: asked ?? region)
    {
      return key
    }
    throw Self.isWellFormed(text)
      ? .unknownKey(status: settings.unknownKeyStatus) : .malformedKey
  }

  /// A key of one region is unknown in the others.
  private func isKnown(_ key: SandboxKey, in place: String?) -> Bool {
    guard let home = key.region, let place else { return true }
    return home == place
  }

  func authorize(_ key: SandboxKey, for endpoint: VendorEndpoint) throws(VendorRefusal) {
    guard endpoint.needsPermission else { return }
    guard Self.permissions(of: key).contains(endpoint.rawValue) else {
      throw .permissionDenied(status: settings.permissionDeniedStatus)
    }
  }

  /// The endpoints that a key may call.
  static func permissions(of key: SandboxKey) -> [String] {
    key.endpoints ?? VendorEndpoint.allCases.map(\.rawValue)
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
