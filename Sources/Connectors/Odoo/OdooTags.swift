import Odoo
import Synchronization

/// What the tags on customers are called in one Odoo. Thread-safe.
///
/// All names are read at once and kept for five minutes; an id that is not among them is a tag made
/// since, and they are read again.
final class OdooTags: Sendable {
  private struct Known {
    var names: [Int: String] = [:]
    var readAt: ContinuousClock.Instant?
  }

  private static let age: Duration = .seconds(300)
  private let known = Mutex(Known())

  func names(of ids: Set<Int>, _ client: OdooClient) async throws(OdooError) -> [Int: String] {
    if let names = names(of: ids) { return names }
    let all = try await OdooFactsReader(reader: OdooSyncSource.Reader(client)).tagNames()
    known.withLock { $0 = Known(names: all, readAt: .now) }
    return all.filter { ids.contains($0.key) }
  }

  private func names(of ids: Set<Int>) -> [Int: String]? {
    known.withLock { known in
      guard let readAt = known.readAt, readAt + Self.age > .now else { return nil }
      let found = known.names.filter { ids.contains($0.key) }
      return found.count == ids.count ? found : nil
    }
  }
}
