/// The pages of a search, read one after the other as they are asked for.
///
/// What was read counts even where a later page fails: the iteration throws `PageFault` after the
/// pages before it. It ends at the last page, at an empty page, and at a continue token that comes
/// back.
public struct Pages<Page: Sendable>: AsyncSequence, Sendable {
  /// What one step yields.
  public typealias Element = Page

  let fetch: @Sendable (String?) async -> CallResult<Page>
  let next: @Sendable (Page) -> String?

  /// Begins at the first page.
  public func makeAsyncIterator() -> Iterator {
    Iterator(pages: self)
  }

  /// Reads one page at a time.
  public struct Iterator: AsyncIteratorProtocol {
    private let pages: Pages
    private var token: String?
    private var seen: Set<String> = []
    private var isDone = false

    fileprivate init(pages: Pages) {
      self.pages = pages
    }

    /// False after the last page and after a failure.
    var hasMore: Bool { !isDone }

    /// The next page; nil after the last.
    ///
    /// - Throws: `PageFault` where a page could not be read; afterwards there are no more.
    public mutating func next() async throws(PageFault<Page>) -> Page? {
      if isDone { return nil }
      let result = await pages.fetch(token)
      guard case .accepted(let page) = result.outcome else {
        isDone = true
        throw PageFault(result: result)
      }
      // A token that comes back would make this a loop.
      if let next = pages.next(page), seen.insert(next).inserted {
        token = next
      } else {
        isDone = true
      }
      return page
    }
  }
}

/// A page that could not be read, with what the provider answered.
public struct PageFault<Page: Sendable>: Error, CustomStringConvertible {
  /// The call that failed.
  public let result: CallResult<Page>

  /// Class, code, status and request id.
  public var description: String { "PageFault(\(result))" }
}
