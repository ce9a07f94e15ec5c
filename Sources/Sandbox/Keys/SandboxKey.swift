/// One API key and what the account's owner has allowed it.
public struct SandboxKey: Sendable, Equatable {
  /// What the vendor's console calls the status of a key.
  public enum Status: String, Sendable, CaseIterable {
    case allowed
    /// Known, but may not be used; answered like a key that nobody owns.
    case blocked
    /// Accepts mail that then shows as rejected.
    case sandbox
  }

  /// How many sends a key may make in any window of this length.
  public struct Limit: Sendable, Equatable {
    public var requests: Int
    public var seconds: Int

    public init(requests: Int, seconds: Int) {
      self.requests = requests
      self.seconds = seconds
    }
  }

  public var key: String
  /// The endpoints it may call ("/email/send"); `nil` for all of them.
  public var endpoints: [String]?
  public var status: Status
  /// `nil`: no limit, as with the vendor unless one was set.
  public var limit: Limit?
  /// `us`, `eu` or `au`; `nil` for a key that every region knows.
  public var region: String?

  public init(
    key: String, endpoints: [String]? = nil, status: Status = .allowed, limit: Limit? = nil,
    region: String? = nil
  ) {
    self.key = key
    self.endpoints = endpoints
    self.status = status
    self.limit = limit
    self.region = region
  }

  /// The regions of the vendor.
  public static let regions = ["us", "eu", "au"]

  /// Reads a keys file: a JSON array of objects with `key` and, optionally, `endpoints`, `status`,
  /// `limit` (`requests`, `seconds`) and `region`.
  ///
  /// - Throws: `SandboxError` `keys_file_damaged`.
  public static func list(json bytes: [UInt8]) throws(SandboxError) -> [SandboxKey] {
    guard let items = (try? JSONReader.parse(bytes))?.array else {
      throw SandboxError("keys_file_damaged")
    }
    let keys = items.compactMap(SandboxKey.init(json:))
    guard keys.count == items.count else { throw SandboxError("keys_file_damaged") }
    return keys
  }
}

extension SandboxKey {
  init?(json: JSONValue) {
    guard let key = json["key"]?.string, VendorKeys.isWellFormed(key) else { return nil }
    self.init(key: key)
    if let endpoints = json["endpoints"], endpoints != .null {
      guard let items = endpoints.array, items.allSatisfy({ $0.string != nil }) else { return nil }
      self.endpoints = endpoints.strings.map(SandboxResponder.endpointPath(of:))
    }
    if let status = json["status"], status != .null {
      guard let known = status.string.flatMap(Status.init(rawValue:)) else { return nil }
      self.status = known
    }
    if let limit = json["limit"], limit != .null {
      guard let requests = limit["requests"]?.integer, let seconds = limit["seconds"]?.integer,
        requests >= 0, seconds > 0
      else { return nil }
      self.limit = Limit(requests: requests, seconds: seconds)
    }
    if let region = json["region"], region != .null {
      guard let name = region.string, Self.regions.contains(name) else { return nil }
      self.region = name
    }
  }

  /// As the control API shows it: the vendor's user name instead of the key.
  var json: JSONValue {
    [
      "username": .string(VendorKeys.username(of: key)),
      "endpoints": endpoints.map { JSONValue($0) } ?? .null,
      "status": .string(status.rawValue),
      "limit": limit.map { limit in
        ["requests": .integer(limit.requests), "seconds": .integer(limit.seconds)]
      } ?? .null,
      "region": JSONValue(region),
    ]
  }
}
