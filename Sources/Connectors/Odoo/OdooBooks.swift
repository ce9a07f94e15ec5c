import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import Odoo

/// An org's books in Odoo: reads live, and carries out the four operations on records.
///
/// Each operation looks first whether it was carried out before: by its external id where `load` can
/// give it one, by its mark otherwise. It reports what it can prove, and repeats nothing that may have
/// happened.
struct OdooBooks: OutsideBooks {
  var client: OdooClient
  let organisation: Organisation
  /// What the server's tags are called.
  let tags: OdooTags
  /// The day in the org's zone, for activities that name none.
  var today: @Sendable () -> LocalDate

  var zone: TimeZone { organisation.profile.zone }

  init(client: OdooClient, organisation: Organisation, tags: OdooTags = OdooTags()) {
    self.client = client
    self.organisation = organisation
    self.tags = tags
    let zone = organisation.profile.zone
    today = {
      LocalDate(Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)), in: zone)
    }
  }

  func read(_ plan: [RevalidationCheck]) async -> LiveReading {
    await read(plan, tags: [])
  }

  func read(_ plan: [RevalidationCheck], tags: [String]) async -> LiveReading {
    await OdooRecords(client: client, zone: zone, tags: self.tags).read(plan, tags: tags)
  }

  func carryOut(_ change: BooksChange, departure: Departure) async -> CallOutcome {
    let leave = CallLeave(
      isAllowed: departure.isAllowed, mayGoOn: departure.mayGoOn, left: departure.left)
    var books = self
    books.client = client.leaving(by: leave)
    let outcome = await books.make(change)
    guard leave.isRefused, case .notSent = outcome else { return outcome }
    return .notSent(code: Settlement.stopped)
  }

  private func make(_ change: BooksChange) async -> CallOutcome {
    let mark = OdooMark(change)
    switch change.operation {
    case .createTask(let task): return await create(task, mark)
    case .updateStage(let move): return await carryOut(move, change.before, mark)
    case .logActivity(let activity): return await plan(activity, mark)
    case .createNote(let note): return await post(note, mark)
    }
  }

  func look(for change: BooksChange) async -> BooksSearch {
    let mark = OdooMark(change)
    do throws(OdooError) {
      switch change.operation {
      case .createTask:
        return try await task(mark).map { .found(id: $0) } ?? .absent(isRepeatable: true)
      case .updateStage(let move):
        return try await isThere(move)
          ? .found(id: "\(move.model.rawValue):\(move.recordID)") : .absent(isRepeatable: false)
      case .logActivity(let activity):
        return try await planned(activity, mark).map { .found(id: "mail.activity:\($0)") }
          ?? .absent(isRepeatable: false)
      case .createNote(let note):
        return try await posted(note.model, note.recordID, mark)
          .map { .found(id: "mail.message:\($0)") } ?? .absent(isRepeatable: false)
      }
    } catch {
      return .failed(code: OdooOutcome.code(error))
    }
  }

  /// A record's id as Odoo's client has it.
  static func id(_ id: Int64) -> Int { Int(clamping: id) }

  static func refused(_ code: String, _ message: String) -> CallOutcome {
    .refused(code: code, message: message)
  }
}

extension OdooConnections: BooksDirectory {
  public func books(
    of organisation: Organisation
  ) async -> Result<any OutsideBooks, ChannelRefusal> {
    await retryCredentials(of: organisation)
    return client(for: organisation).map {
      OdooBooks(client: $0, organisation: organisation, tags: tags(of: organisation))
    }
  }
}
