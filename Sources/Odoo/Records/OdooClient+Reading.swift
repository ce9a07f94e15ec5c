extension OdooClient {
  /// The records that a search finds.
  ///
  /// - Throws: `OdooError`; `fieldUnknown` names a field that this server or user does not have.
  public func searchRead(_ search: Search) async throws(OdooError) -> [OdooRecord] {
    let decoder = try await decoder(search.model, search.fields, "search_read", readsArchive: false)
    return try await searchRead(search, decoder)
  }

  func searchRead(_ search: Search, _ decoder: RecordDecoder) async throws(OdooError)
    -> [OdooRecord]
  {
    let call = OdooCall.searchRead(
      search.model, search.domain, fields: decoder.names,
      page: Page(
        order: search.order.text, limit: search.limit,
        offset: search.offset > 0 ? search.offset : nil),
      context: search.context)
    guard search.limit ?? 1 > 0, search.offset >= 0 else {
      throw refusal(.requestInvalid, call, "limit")
    }
    let records = try decoded(try await perform(call), decoder, call)
    if let limit = search.limit, records.count > limit { throw unexpected(call, "limit") }
    return records
  }

  /// How many records a domain means.
  public func searchCount(
    _ model: ModelName, where domain: Domain, context: OdooContext? = nil
  ) async throws(OdooError) -> Int {
    let call = OdooCall.searchCount(model, domain, context: context)
    guard let count = try await perform(call).integer, count >= 0 else { throw unexpected(call) }
    return count
  }

  /// Reads records by id with one call, archived ones too, and says which do not exist any more.
  ///
  /// - Throws: `OdooError`. `accessDenied` where one of the records is hidden from the user: nothing
  ///   is then known of any of them.
  public func read(
    _ model: ModelName, ids: [Int], fields: [FieldName], context: OdooContext? = nil
  ) async throws(OdooError) -> ReadResult {
    var seen: Set<Int> = []
    let asked = ids.filter { seen.insert($0).inserted }
    let decoder = try await decoder(model, fields, "read", readsArchive: true)
    let call = OdooCall.read(model, asked, fields: decoder.names, context: context)
    guard asked.allSatisfy({ $0 > 0 }) else { throw refusal(.requestInvalid, call, "id") }
    if asked.isEmpty { return ReadResult(records: [], missing: [], archived: []) }
    let records = try decoded(try await perform(call), decoder, call)
    guard records.allSatisfy({ seen.contains($0.id) }) else { throw unexpected(call, "id") }
    let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return ReadResult(
      records: asked.compactMap { byID[$0] }, missing: asked.filter { byID[$0] == nil },
      archived: Set(records.filter(decoder.isArchived).map(\.id)))
  }

  /// Whether the user may do something with records of a model at all; rules on single records may
  /// still forbid it.
  public func hasAccess(
    to model: ModelName, _ right: AccessRight, context: OdooContext? = nil
  ) async throws(OdooError) -> Bool {
    let call =
      try await server().version.hasHasAccess
      ? OdooCall.hasAccess(model, right.rawValue, context: context)
      : OdooCall.checkAccessRights(model, right.rawValue, context: context)
    guard let answer = try await perform(call).flag else { throw unexpected(call) }
    return answer
  }

  func decoded(
    _ answer: OdooJSON, _ decoder: RecordDecoder, _ call: OdooCall
  ) throws(OdooError) -> [OdooRecord] {
    do throws(RecordDecoder.Mismatch) {
      return try decoder.records(answer)
    } catch {
      throw unexpected(call, error.where_)
    }
  }

  /// A field that is not known may be new: the model's fields are asked for once more.
  func decoder(
    _ model: ModelName, _ fields: [FieldName], _ method: String, readsArchive: Bool
  ) async throws(OdooError) -> RecordDecoder {
    let known = try await self.fields(of: model)
    if let decoder = try? RecordDecoder(model, fields, known, readsArchive: readsArchive) {
      return decoder
    }
    await fieldSets.forget(model)
    let set = try await self.fields(of: model)
    do throws(RecordDecoder.Mismatch) {
      return try RecordDecoder(model, fields, set, readsArchive: readsArchive)
    } catch {
      throw refusal(.fieldUnknown, OdooCall(model: model, method: method), error.where_)
    }
  }
}

/// A right on a model.
public enum AccessRight: String, Sendable, CaseIterable {
  /// To read records.
  case read
  /// To change records.
  case write
  /// To create records.
  case create
  /// To delete records.
  case unlink
}
