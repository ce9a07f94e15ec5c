extension SMTP2GOClient {
  /// Reads one page of activity (`/activity/search`).
  ///
  /// The client keeps within the provider's 60 searches a minute: a call waits for its turn, at
  /// most 61 seconds. Where that would not do, or the task is cancelled while waiting, it is
  /// `throttled` without a request.
  public func searchActivity(_ query: ActivityQuery) async -> CallResult<ActivityPage> {
    if let wait = await activityPace.turn() {
      return reported(.activitySearch, CallResult(outcome: .throttled(retryAfter: wait)))
    }
    return await call(.activitySearch, query.encoded(), reader: .activity)
  }

  /// The pages of activity, read as they are asked for.
  public func activityPages(_ query: ActivityQuery) -> Pages<ActivityPage> {
    Pages(
      fetch: { token in
        var query = query
        if let token { query.continueToken = token }
        return await searchActivity(query)
      },
      next: { $0.events.isEmpty ? nil : $0.continueToken })
  }

  /// Reads all pages of activity, one after the other, at most `pageLimit`, and keeps what was read
  /// before one failed.
  public func activity(_ query: ActivityQuery, pageLimit: Int = 50) async -> ActivityScan {
    var scan = ActivityScan(events: [], pages: 0, end: .complete)
    var pages = activityPages(query).makeAsyncIterator()
    do throws(PageFault<ActivityPage>) {
      while let page = try await pages.next() {
        scan.pages += 1
        scan.events += page.events
        if scan.pages >= max(pageLimit, 1), pages.hasMore {
          scan.end = .pageLimit
          return scan
        }
      }
    } catch {
      scan.pages += 1
      scan.end = .stopped(error.result)
    }
    return scan
  }
}
