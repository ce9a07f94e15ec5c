import Foundation

/// An address of IPv4 or IPv6.
///
/// An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
public struct IPAddress: Hashable, Sendable {
  /// Four or sixteen bytes, in network order.
  let bytes: [UInt8]

  /// 127.0.0.1
  static let loopback = IPAddress(bytes: [127, 0, 0, 1])

  /// - Parameter text: `192.0.2.1` or `2001:db8::1`; brackets and zones are not accepted.
  public init?(_ text: String) {
    guard text.utf8.count <= 45, !text.contains("\0") else { return nil }
    if let four = Self.parsed(text, AF_INET, count: 4) {
      bytes = four
    } else if let sixteen = Self.parsed(text, AF_INET6, count: 16) {
      let isMapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10...11] == [255, 255]
      bytes = isMapped ? Array(sixteen[12...]) : sixteen
    } else {
      return nil
    }
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The same text for the same address. Of IPv6 the /64, which is what one customer of a provider has:
  /// so that wrong passwords cannot be spread over a network of one's own.
  var network: String {
    let kept = bytes.count == 4 ? bytes[...] : bytes.prefix(8)
    return kept.map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Whether this is the machine itself: 127.0.0.0/8 or ::1.
  public var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  private static func parsed(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return inet_pton(family, text, &bytes) == 1 ? bytes : nil
  }
}

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct AddressRange: Hashable, Sendable {
  private let first: IPAddress
  /// How many leading bits count.
  private let bits: Int

  /// - Parameter text: an address, or an address, `/` and the number of bits.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])), parts.count <= 2 else { return nil }
    let width = address.bytes.count * 8
    guard parts.count == 2 else {
      self.init(first: address, bits: width)
      return
    }
    guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bits = Int(parts[1]),
      bits <= width
    else { return nil }
    self.init(first: address, bits: bits)
  }

  private init(first: IPAddress, bits: Int) {
    self.first = first
    self.bits = bits
  }

  public func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == first.bytes.count else { return false }
    let whole = bits / 8
    guard address.bytes.prefix(whole) == first.bytes.prefix(whole) else { return false }
    let rest = bits % 8
    guard rest > 0 else { return true }
    let mask = UInt8.max << (8 - rest)
    return address.bytes[whole] & mask == first.bytes[whole] & mask
  }
}
