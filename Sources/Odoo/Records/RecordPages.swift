/// A search's records, a page at a time, as they are asked for.
///
/// Ordered by id, each page begins after the last id of the one before, so that what others create,
/// delete or change meanwhile makes no page skip or repeat a record, and reading can go on from any id
/// after an interruption. In another order pages are counted off; what changes its place meanwhile may
/// be skipped or come twice.
public struct RecordPages: AsyncSequence, Sendable {
  /// One page.
  public typealias Element = [OdooRecord]

  let client: OdooClient
  let search: Search
  let size: Int

  /// Begins at the first page.
  public func makeAsyncIterator() -> Iterator { Iterator(pages: self) }

  /// Reads one page at a time.
  public struct Iterator: AsyncIteratorProtocol {
    private let pages: RecordPages
    private var decoder: RecordDecoder?
    private var search: Search
    private var isDone = false

    fileprivate init(pages: RecordPages) {
      self.pages = pages
      search = pages.search
      search.limit = Swift.max(1, pages.size)
    }

    /// The next page; nil after the last.
    public mutating func next() async throws(OdooError) -> [OdooRecord]? {
      if isDone { return nil }
      isDone = true
      let client = pages.client
      if decoder == nil {
        decoder = try await client.decoder(
          search.model, search.fields, "search_read", readsArchive: false)
      }
      guard let decoder else { return nil }
      let records = try await client.searchRead(search, decoder)
      guard let last = records.last else { return nil }
      isDone = records.count < Swift.max(1, pages.size)
      if pages.search.order == .byID {
        search.domain = pages.search.domain && Domain.id.isAfter(last.id)
        search.offset = 0
      } else {
        search.offset += records.count
      }
      return records
    }
  }
}

extension OdooClient {
  /// A search's records, `size` at a time; the search's own limit does not count.
  public func pages(of search: Search, size: Int = 500) -> RecordPages {
    RecordPages(client: self, search: search, size: size)
  }
}
