import ActionProtocol
import Engine
import Foundation
import Odoo

/// Reads records in an org's Odoo live, for the checks that are made in the moment of acting.
///
/// One read per record answers all checks on it; different records are read at the same time. What
/// could not be read is `unavailable`, never `missing`: a check on it cannot tell.
public struct OdooRecords: Sendable {
  /// What of Odoo is needed.
  struct Source: Sendable {
    var fields: @Sendable (ModelName) async throws(OdooError) -> FieldSet
    var read: @Sendable (ModelName, Int, [FieldName]) async throws(OdooError) -> ReadResult
    /// Names of tags on customers, by id.
    var tagNames: @Sendable (Set<Int>) async throws(OdooError) -> [Int: String] = { _ in [:] }
  }

  let source: Source
  private let zone: TimeZone
  let limit: Duration
  private let patience: Duration

  init(
    source: Source, zone: TimeZone = .gmt, limit: Duration = Self.standardLimit,
    patience: Duration = Self.standardPatience
  ) {
    self.source = source
    self.zone = zone
    self.limit = limit
    self.patience = patience
  }

  /// Facts older than five seconds are not acted on, so that waiting for longer is in vain.
  static let standardLimit = Duration.milliseconds(4500)
  /// How long version and fields may take to be found out, before the first read.
  static let standardPatience = Duration.seconds(20)

  /// Reads through a client; the user's rights decide what is seen.
  /// - Parameter zone: in which an instant is a day.
  init(client: OdooClient, zone: TimeZone, tags: OdooTags = OdooTags()) {
    self.init(
      source: Source(
        fields: { model throws(OdooError) in try await client.fields(of: model) },
        read: { model, id, fields throws(OdooError) in
          try await client.read(model, ids: [id], fields: fields)
        },
        tagNames: { ids throws(OdooError) in try await tags.names(of: ids, client) }), zone: zone)
  }

  /// What a plan asks of one record.
  private struct Question: Sendable {
    let record: ActionProtocol.RecordReference
    let model: ModelName
    let id: Int
    /// Field by field, what is expected.
    var expected: [String: [JSONValue]] = [:]
    /// What else is read, where the server has it.
    var further: [FieldName] = []
  }

  /// What Odoo says of every record that a plan looks at.
  /// - Parameter tags: names of tags whose customers' invoices are disputed.
  public func read(_ plan: [RevalidationCheck], tags: [String] = []) async -> LiveReading {
    var answers: [ActionProtocol.RecordReference: LiveAnswer] = [:]
    var questions = Self.questions(plan, &answers)
    if !tags.isEmpty {
      for place in questions.indices where questions[place].model == OdooContact.model {
        questions[place].further = Self.tagFields
      }
    }
    let models = Set(questions.map(\.model))
    let known = await Self.limited(patience) { await fields(of: models) }
    let began = ContinuousClock.now
    await withTaskGroup { group in
      for question in questions {
        group.addTask {
          (question.record, await answer(question, known?[question.model]))
        }
      }
      for await (record, answer) in group { answers[record] = answer }
    }
    return LiveReading(
      began: began, answers: await marked(answers, Set(tags.map { $0.lowercased() })))
  }

  private static func questions(
    _ plan: [RevalidationCheck], _ answers: inout [ActionProtocol.RecordReference: LiveAnswer]
  ) -> [Question] {
    var questions: [ActionProtocol.RecordReference: Question] = [:]
    for check in plan {
      guard let record = check.predicate.record else { continue }
      guard let model = ModelName(record.model), let id = Int(exactly: record.id), id > 0 else {
        answers[record] = .unavailable(
          BooksProblem(
            code: "odoo_record_invalid", remedy: "Correct the record's model and id.",
            isTemporary: false))
        continue
      }
      var question = questions[record] ?? Question(record: record, model: model, id: id)
      if let field = check.predicate.field {
        question.expected[field, default: []] += check.predicate.expectedValues
      }
      questions[record] = question
    }
    return Array(questions.values)
  }

  private func fields(of models: Set<ModelName>) async -> [ModelName: Result<FieldSet, OdooError>] {
    await withTaskGroup { group in
      for model in models {
        group.addTask { () -> (ModelName, Result<FieldSet, OdooError>) in
          do throws(OdooError) {
            return (model, .success(try await source.fields(model)))
          } catch {
            return (model, .failure(error))
          }
        }
      }
      var found: [ModelName: Result<FieldSet, OdooError>] = [:]
      for await (model, fields) in group { found[model] = fields }
      return found
    }
  }

  private func answer(
    _ question: Question, _ fields: Result<FieldSet, OdooError>?
  ) async -> LiveAnswer {
    switch fields {
    case nil: return .unavailable(OdooOutcome.late)
    case .failure(let error)?: return .unavailable(OdooOutcome.problem(error))
    case .success(let known)?:
      return await Self.limited(limit) { await read(question, known) }
        ?? .unavailable(OdooOutcome.late)
    }
  }

  private func read(_ question: Question, _ known: FieldSet) async -> LiveAnswer {
    do throws(OdooError) {
      // A field that this server does not have is left out: the check on it then cannot tell.
      var fields = question.expected.keys.sorted().compactMap { FieldName($0) }
        .filter { known[$0] != nil }
      fields += (OdooContact.further(question.model, fields) + question.further)
        .filter { known[$0] != nil && !fields.contains($0) }
      let result = try await source.read(question.model, question.id, fields)
      guard let found = result.records.first else { return .missing }
      return .found(found.facts(expected: question.expected, zone))
    } catch {
      return .unavailable(OdooOutcome.problem(error))
    }
  }

  /// The value, or nil where it takes longer than the limit; what was asked then goes on unheard.
  static func limited<Value: Sendable>(
    _ limit: Duration, _ body: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let (answers, first) = AsyncStream<Value?>.makeStream()
    let work = Task { first.yield(await body()) }
    let timer = Task {
      do { try await Task.sleep(for: limit) } catch { return }
      first.yield(nil)
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    for await answer in answers { return answer }
    return nil
  }
}

extension ActionProtocol.Predicate {
  /// What the predicate compares a field with.
  fileprivate var expectedValues: [JSONValue] {
    switch self {
    case .fieldEquals(_, _, let expected): [expected]
    case .fieldIn(_, _, let allowed): allowed
    case .recordExists, .noDuplicateInWindow, .quietHours: []
    }
  }
}

extension OdooRecord {
  /// As the predicates compare it: Odoo's field names, many2one as `[id, name]`, amounts as decimal
  /// text, times in UTC (a day of `zone` where a day is expected), nothing as null.
  fileprivate func facts(expected: [String: [JSONValue]], _ zone: TimeZone) -> JSONObject {
    var facts = JSONObject(
      values.sorted { $0.key < $1.key }.compactMap { name, value in
        value.fact(expected: expected[name.text] ?? [], zone).map { (name.text, $0) }
      } + [("id", .integer(Int64(id)))])
    guard model == OdooContact.model else { return facts }
    if self["email"] != nil {
      facts["email"] = OdooContact.email(self).map { .string($0) } ?? .null
    }
    if self["phone"] != nil {
      facts["phone"] = OdooContact.phone(self).map { .string($0) } ?? .null
    }
    return facts
  }
}

extension FieldValue {
  /// Nil for a kind that nobody can compare: the check on it cannot tell.
  fileprivate func fact(expected: [JSONValue], _ zone: TimeZone) -> JSONValue? {
    switch self {
    case .other: nil
    case .nothing: .null
    case .flag(let flag): .bool(flag)
    case .integer(let number): .integer(Int64(number))
    case .number(let number): .number(number)
    case .money(let money): .string(Self.decimal(money.amount))
    case .text(let text), .html(let text), .choice(let text): .string(text)
    case .date(let date): .string(date.description)
    case .time(let time):
      .string(Self.expectsDay(expected) ? Self.day(time, zone) : time.description)
    case .link(let link): .array([.integer(Int64(link.id)), .string(link.name)])
    case .links(let ids): .array(ids.map { .integer(Int64($0)) })
    }
  }

  /// Without the noise of binary fractions; no currency has more than four places.
  private static func decimal(_ amount: Double) -> String {
    String(format: "%.6f", locale: Locale(identifier: "en_US_POSIX"), amount)
  }

  private static func expectsDay(_ expected: [JSONValue]) -> Bool {
    expected.contains { value in
      if case .string(let text) = value { LocalDate(iso: text) != nil } else { false }
    }
  }

  private static func day(_ time: OdooTime, _ zone: TimeZone) -> String {
    LocalDate(Instant(milliseconds: Int64(time.secondsSinceEpoch) * 1000), in: zone).iso
  }
}
