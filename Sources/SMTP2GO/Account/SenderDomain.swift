/// A sender domain with the DNS records that the provider asks for.
public struct SenderDomain: Sendable, Hashable {
  /// One record and whether the provider has found it.
  public struct Record: Sendable, Hashable {
    /// The host part below the domain, such as `s123._domainkey`.
    public var name: String?
    /// What the record must point to.
    public var value: String?
    /// Whether the provider has found it; nil where it does not say.
    public var isVerified: Bool?
    /// The provider's text on it.
    public var status: String?
  }

  /// The domain's name.
  public var name: String
  /// The record for DKIM signatures.
  public var dkim: Record
  /// The record for the return path, on which SPF is checked.
  public var returnPath: Record
  /// The records for tracked links.
  public var tracking: [Record]

  /// True where DKIM and return path are both found, which sending needs.
  public var isVerified: Bool { dkim.isVerified == true && returnPath.isVerified == true }
}

extension AnswerReader where Value == [SenderDomain] {
  static let domains = AnswerReader(
    read: { data in
      guard let domains = data.array ?? data["domains"]?.array else { return .incomplete }
      return .accepted(domains.compactMap { SenderDomain($0) })
    },
    proves: { _ in false })
}

extension SenderDomain {
  fileprivate init?(_ json: JSON) {
    let domain = json["domain"]?.members == nil ? json : json["domain"] ?? json
    guard let name = domain.first("fulldomain", "domain")?.nonEmptyText else { return nil }
    self.init(
      name: name,
      dkim: Record(
        name: domain.first("dkim_selector")?.nonEmptyText,
        value: domain.first("dkim_value", "dkim_expected")?.nonEmptyText,
        isVerified: domain.first("dkim_verified")?.bool,
        status: domain.first("dkim_status")?.nonEmptyText),
      returnPath: Record(
        name: domain.first("rpath_selector")?.nonEmptyText,
        value: domain.first("rpath_value", "rpath_expected")?.nonEmptyText,
        isVerified: domain.first("rpath_verified")?.bool,
        status: domain.first("rpath_status")?.nonEmptyText),
      tracking: (json["trackers"]?.array ?? []).map { tracker in
        Record(
          name: tracker.first("fulldomain", "subdomain")?.nonEmptyText,
          value: tracker.first("cname_value")?.nonEmptyText,
          isVerified: tracker.first("cname_verified")?.bool,
          status: tracker.first("cname_status")?.nonEmptyText)
      })
  }
}
