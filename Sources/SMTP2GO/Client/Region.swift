/// Where the provider processes an account. Keys may be bound to a region, so it is a setting of
/// the account; the client never moves a call to another region.
public enum Region: String, CaseIterable, Sendable {
  /// The host that routes to the region nearest to the caller.
  case global
  /// United States.
  case us
  /// European Union.
  case eu
  /// Australia.
  case au

  /// The base address for `SMTP2GOClient.Configuration`.
  public var baseURL: String {
    switch self {
    case .global: "https://api.smtp2go.com/v3"
    case .us: "https://us-api.smtp2go.com/v3"
    case .eu: "https://eu-api.smtp2go.com/v3"
    case .au: "https://au-api.smtp2go.com/v3"
    }
  }
}
