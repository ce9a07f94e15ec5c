/// Where a listener waits: an address of this machine and a port.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// As it is bound: `127.0.0.1`, `::1`, `0.0.0.0`.
  public let host: String
  /// 0 takes a free one.
  public let port: Int
  private let address: IPAddress

  public static let privateDefault = ListenAddress(loopbackPort: 8080)
  public static let publicDefault = ListenAddress(loopbackPort: 8081)

  /// - Parameter text: `HOST:PORT`. HOST is an address (IPv6 in brackets) or `localhost`, which is
  ///   127.0.0.1: other names could come to mean another machine's view of this one.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Self.port(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    if host == "localhost" { host = "127.0.0.1" }
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard let address = IPAddress(host) else { return nil }
    self.host = host
    self.port = port
    self.address = address
  }

  private init(loopbackPort port: Int) {
    host = "127.0.0.1"
    self.port = port
    address = .loopback
  }

  private init(host: String, port: Int, address: IPAddress) {
    self.host = host
    self.port = port
    self.address = address
  }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool { address.isLoopback }

  /// Whether it takes calls at every address of the machine.
  var isEverywhere: Bool { address.bytes.allSatisfy { $0 == 0 } }

  /// The same address with the port that was taken.
  func bound(to port: Int) -> ListenAddress {
    ListenAddress(host: host, port: port, address: address)
  }

  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func port(_ text: Substring) -> Int? {
    guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(text), port <= 65_535
    else { return nil }
    return port
  }
}
