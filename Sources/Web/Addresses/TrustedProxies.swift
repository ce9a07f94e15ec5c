/// The proxies whose word about a request is believed.
///
/// Without any, nobody's is: then `X-Forwarded-For` and `X-Forwarded-Proto` are only noise that a
/// client may have made up.
public struct TrustedProxies: Hashable, Sendable {
  private let ranges: [AddressRange]

  public static let none = TrustedProxies(ranges: [])

  public var isEmpty: Bool { ranges.isEmpty }

  /// - Parameter text: addresses and ranges, separated by commas or spaces.
  public init?(_ text: String) {
    let parts = text.split { $0 == "," || $0 == " " }.map(String.init)
    let ranges = parts.compactMap(AddressRange.init)
    guard !parts.isEmpty, ranges.count == parts.count else { return nil }
    self.init(ranges: ranges)
  }

  private init(ranges: [AddressRange]) {
    self.ranges = ranges
  }

  public func contains(_ address: IPAddress) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  /// Who began a request: read from right to left, the first address that is no trusted proxy.
  ///
  /// Each proxy adds on the right the address it was called from, so everything to the left of the
  /// first stranger is that stranger's own invention.
  ///
  /// - Parameters:
  ///   - peer: who is connected.
  ///   - forwardedFor: the fields `X-Forwarded-For`, in their order.
  func client(of peer: IPAddress, forwardedFor: [String]) -> IPAddress {
    guard contains(peer) else { return peer }
    let hops = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
    var client = peer
    for hop in hops.reversed() {
      guard let address = IPAddress(Self.withoutPort(hop)) else { return client }
      client = address
      if !contains(address) { return client }
    }
    return client
  }

  /// Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`.
  private static func withoutPort(_ hop: Substring) -> String {
    let text = hop.drop { $0 == " " }
    let trimmed = text.lastIndex { $0 != " " }.map { text[...$0] } ?? ""
    if trimmed.first == "[" { return String(trimmed.dropFirst().prefix { $0 != "]" }) }
    let isFourWithPort = trimmed.contains(".") && trimmed.count { $0 == ":" } == 1
    return String(isFourWithPort ? trimmed.prefix { $0 != ":" } : trimmed)
  }
}
