import Engine

extension OutreachWording {
  /// How it stands with the provider's list, and what to do.
  public func sentence(_ sync: SuppressionSyncState?) -> String {
    guard let sync else {
      return "The provider's list was never read: `aiom serve` or `aiom suppression sync` does."
    }
    return [pulled(sync), pushed(sync)].compactMap(\.self).joined(separator: "\n")
  }

  private func pulled(_ sync: SuppressionSyncState) -> String {
    let last =
      sync.wholeAt.map { "last read \(time.text($0)), \(sync.listed) entries" } ?? "never read"
    switch sync.pullCode {
    case nil: return "The provider's list: \(last)."
    case SuppressionSyncState.notPermitted:
      return "The provider's list is off: the key may not use /suppression/view (\(last)). "
        + "Sending goes on; allow the endpoint to know what the provider refuses."
    case let code?: return "The provider's list could not be read (\(code)); \(last)."
    }
  }

  private func pushed(_ sync: SuppressionSyncState) -> String? {
    switch sync.pushCode {
    case nil: nil
    case SuppressionSyncState.notPermitted:
      "Ours are not told the provider: the key may not use /suppression/add. They bind here."
    case let code?: "Ours could not all be told the provider (\(code)); the next sync goes on."
    }
  }
}
