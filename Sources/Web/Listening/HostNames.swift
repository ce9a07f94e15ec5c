/// The names under which people and machines may call the private listener.
///
/// A page of the internet can let its own name lead to 127.0.0.1, and a browser then asks this
/// machine in that page's stead (DNS rebinding). What such a request cannot hide is the name in its
/// `Host` field, so only names that lead here on purpose are answered.
public struct HostNames: Hashable, Sendable {
  /// Beside the names of this machine none.
  public static let none = HostNames(names: [])

  private let names: Set<String>

  private init(names: Set<String>) { self.names = names }

  /// - Parameter text: names without port, separated by commas: `aiom.internal, aiom`.
  public init?(_ text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    var names: Set<String> = []
    for part in parts {
      let name = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      guard let name = Self.name(String(name)), !name.isEmpty else { return nil }
      names.insert(name)
    }
    self.names = names
  }

  /// Whether a request for a host, as its `Host` field says it, is one for the listener.
  ///
  /// - Parameter address: where the listener waits. Its own address is a name of it; where it waits
  ///   at every address of the machine, any address is, because a foreign page has a name and none.
  func contains(_ host: String, at address: ListenAddress) -> Bool {
    guard let name = Self.host(host) else { return false }
    if name == "localhost" || names.contains(name) { return true }
    guard let found = IPAddress(name) else { return false }
    return found.isLoopback || address.isEverywhere || found == IPAddress(address.host)
  }

  /// The host of `name`, `name:port`, `[address]` and `[address]:port`, in small letters and without
  /// the root's dot.
  private static func host(_ text: String) -> String? {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]"), isPort(text[text.index(after: end)...]) else {
        return nil
      }
      let address = String(text[text.index(after: text.startIndex)..<end])
      return address.contains(":") ? address : nil
    }
    let end = text.firstIndex(of: ":") ?? text.endIndex
    return isPort(text[end...]) ? name(String(text[..<end])) : nil
  }

  /// Nothing, or a colon and digits.
  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty
      || (text.first == ":" && (2...6).contains(text.utf8.count)
        && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) })
  }

  private static func name(_ text: String) -> String? {
    let isName = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F].contains(byte)
    }
    guard isName, text.utf8.count <= 254 else { return nil }
    let small = text.lowercased()
    return small.hasSuffix(".") ? String(small.dropLast()) : small
  }
}
