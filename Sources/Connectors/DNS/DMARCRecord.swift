/// A domain's DMARC policy record (RFC 7489 section 6.3).
public struct DMARCRecord: Hashable, Sendable {
  /// What receivers are asked to do with a message that fails.
  public enum Policy: String, Hashable, Sendable {
    case none
    case quarantine
    case reject
  }

  /// Whether a domain below the signed one will do.
  public enum Alignment: String, Hashable, Sendable {
    case relaxed = "r"
    case strict = "s"
  }

  /// Of the domain itself.
  public var policy: Policy
  /// Of domains below it, where the record says so.
  public var subdomains: Policy?
  /// Of how many messages in a hundred the policy is asked for.
  public var percent: Int
  public var dkim: Alignment
  public var spf: Alignment
  /// Whether the record says that it stands at a registry's domain (`psd=y`), or at the top of an
  /// organisation's (`psd=n`); nil: it does not say.
  public var isRegistry: Bool?

  /// Why a text is no policy.
  public enum Fault: Error, Hashable, Sendable {
    /// It does not begin with `v=DMARC1`: another record, which counts for nothing.
    case foreign
    /// It has no `p`, or one that nobody knows; and no address for reports, which would make it *none*.
    case noPolicy
  }

  /// Reads one record. Names and values count without regard to case, but for `DMARC1`; unknown tags are
  /// passed over, and of a tag that is there twice the first counts.
  public init(_ text: String) throws(Fault) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(Self.pair)
    guard let first = parts.first, first?.name == "v", first?.value == "DMARC1" else {
      throw .foreign
    }
    let tags = Dictionary(
      parts.compactMap { $0 }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    subdomains = tags["sp"].flatMap(Self.policy)
    let hasBadSubdomains = tags["sp"] != nil && subdomains == nil
    if let policy = tags["p"].flatMap(Self.policy), !hasBadSubdomains {
      self.policy = policy
    } else if Self.hasReportAddress(tags["rua"]) {
      // Section 6.6.3, 6: then it counts as one that only asks for reports.
      (policy, subdomains) = (.none, nil)
    } else {
      throw .noPolicy
    }
    percent = tags["pct"].flatMap(Int.init).flatMap { (0...100).contains($0) ? $0 : nil } ?? 100
    dkim = tags["adkim"]?.lowercased() == "s" ? .strict : .relaxed
    spf = tags["aspf"]?.lowercased() == "s" ? .strict : .relaxed
    isRegistry = ["y": true, "n": false][tags["psd"]?.lowercased() ?? ""]
  }

  private static func pair(_ part: Substring) -> (name: String, value: String)? {
    let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    return (trimmed(sides[0]).lowercased(), trimmed(sides[1]))
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private static func policy(_ value: String) -> Policy? { Policy(rawValue: value.lowercased()) }

  private static func hasReportAddress(_ value: String?) -> Bool {
    (value ?? "").split(separator: ",").contains { uri in
      let uri = trimmed(uri).lowercased()
      return uri.hasPrefix("mailto:") && uri.dropFirst(7).contains("@")
    }
  }
}
