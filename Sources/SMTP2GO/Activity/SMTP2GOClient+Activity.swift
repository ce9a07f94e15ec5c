extension SMTP2GOClient {
  /// Reads one page of activity (`/activity/search`).
  public func searchActivity(_ query: ActivityQuery) async -> CallResult<ActivityPage> {
    await call(.activitySearch, query.encoded(), reader: .activity)
  }

  /// Reads all pages of activity, one after the other, at most `pageLimit`.
  ///
  /// The provider allows 60 requests a minute; the default limit stays within that for one scan a
  /// minute. The caller spaces its scans.
  public func activity(_ query: ActivityQuery, pageLimit: Int = 50) async -> ActivityScan {
    var query = query
    var scan = ActivityScan(events: [], pages: 0, end: .complete)
    var seen: Set<String> = []
    while scan.pages < max(pageLimit, 1) {
      let result = await searchActivity(query)
      scan.pages += 1
      guard case .accepted(let page) = result.outcome else {
        scan.end = .stopped(result)
        return scan
      }
      scan.events += page.events
      // A token that comes back would make this a loop; an empty page has nothing behind it.
      guard let token = page.continueToken, !page.events.isEmpty, seen.insert(token).inserted
      else { return scan }
      query.continueToken = token
    }
    scan.end = .pageLimit
    return scan
  }
}
