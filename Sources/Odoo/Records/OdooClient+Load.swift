/// A record to be created under an external id, or to be overwritten where there is one already.
public struct LoadRow: Sendable {
  /// Its external id.
  public let id: ExternalID
  /// Its values. One2many fields cannot be loaded.
  public let values: [FieldName: NewValue]

  /// Builds a row.
  public init(id: ExternalID, values: [FieldName: NewValue]) {
    self.id = id
    self.values = values
  }
}

/// What the server says against rows of a `load`. The texts are for a person.
public struct LoadProblem: Sendable, Hashable {
  /// Which row, from 0.
  public let row: Int?
  /// Which field.
  public let field: String?
  /// The server's text, in the user's language. It may repeat values: never log it.
  public let message: String
}

/// What became of a `load`.
public enum LoadOutcome: Sendable, Hashable {
  /// All rows stand in the database; their ids in the rows' order.
  case loaded([Int])
  /// No row was written.
  case refused([LoadProblem])
}

extension OdooClient {
  /// Creates records under external ids, or overwrites those that have them: the same call again
  /// gives the same ids and creates nothing. A repetition takes a person's later change back, unless it
  /// is told to keep what is there.
  ///
  /// A write without an answer still throws `outcomeUnknown`, but here the cure is the same call.
  /// Where another transaction was faster, the server reports it as a problem of the row; the call is
  /// then repeated like any other conflict.
  /// - Parameters:
  ///   - rows: all with the same fields.
  ///   - keepsExisting: a record that was loaded so before is left as it is, within the server's own
  ///     transaction: Odoo marks its external id `noupdate` and passes over it. One that was loaded
  ///     otherwise is still overwritten.
  public func load(
    _ model: ModelName, _ rows: [LoadRow], keepsExisting: Bool = false,
    context: OdooContext? = nil
  ) async throws(OdooError) -> LoadOutcome {
    // Unlike `create`, `load` reads times in the zone of the context, or of the user.
    var context = (context ?? configuration.context).inUTC
    if keepsExisting { context.more.merge(["mode": "update", "noupdate": true]) { $1 } }
    let fields = rows.first?.values.keys.sorted() ?? []
    let empty = OdooCall.load(model, columns: [], rows: [], context: context)
    guard !rows.isEmpty else { return .loaded([]) }
    guard rows.allSatisfy({ $0.values.keys.sorted() == fields }),
      Set(rows.map(\.id)).count == rows.count
    else { throw refusal(.requestInvalid, empty, "rows") }
    for row in rows { try await check(row.values, empty) }
    let table = try await table(model, rows, fields, empty)
    let call = OdooCall.load(model, columns: table.columns, rows: table.rows, context: context)
    return try await load(call, count: rows.count)
  }

  private func load(_ call: OdooCall, count: Int) async throws(OdooError) -> LoadOutcome {
    var backoff = Backoff()
    for attempt in 1... {
      let answer = try await perform(call)
      let problems = (answer["messages"]?.elements ?? []).map(LoadProblem.init)
      if let ids = answer["ids"]?.ids {
        guard ids.count == count else { throw unexpected(call, "ids") }
        return .loaded(ids)
      }
      guard answer["ids"] == .bool(false) else { throw unexpected(call, "ids") }
      guard problems.contains(where: \.isConflict) else { return .refused(problems) }
      guard attempt < configuration.attempts, let pause = backoff.next(atLeast: nil),
        (try? await configuration.pause(pause)) != nil
      else { break }
    }
    throw refusal(.conflict, call, nil)
  }

  private func table(
    _ model: ModelName, _ rows: [LoadRow], _ fields: [FieldName], _ call: OdooCall
  ) async throws(OdooError) -> (columns: [String], rows: [[String]]) {
    let set = try await self.fields(of: model)
    let columns = fields.map { name in
      switch set[name]?.kind {
      case .many2one, .many2many: "\(name)/.id"
      default: name.text
      }
    }
    var table: [[String]] = []
    for row in rows {
      var cells = [row.id.description]
      for name in fields {
        guard let cell = row.values[name]?.loadText else {
          throw refusal(.valueInvalid, call, name.text)
        }
        cells.append(cell)
      }
      table.append(cells)
    }
    return (["id"] + columns, table)
  }
}

extension NewValue {
  /// As `load` reads it; nil for what it cannot carry.
  var loadText: String? {
    switch self {
    case .nothing: ""
    case .flag(let flag): flag ? "1" : "0"
    case .integer(let number), .link(let number): String(number)
    case .number(let number): "\(number)"
    case .text(let text), .html(let text), .choice(let text): text
    case .date(let date): date.description
    case .time(let time): time.description
    case .links(let commands):
      if case .replace(let ids) = commands.first, commands.count == 1 {
        ids.map { String($0) }.joined(separator: ",")
      } else {
        nil
      }
    }
  }
}

extension LoadProblem {
  init(_ message: OdooJSON) {
    row = message["record"]?.integer
    field = message["field"]?.text
    self.message = message["message"]?.text ?? ""
  }

  /// `load` catches the database's error, so that Odoo's own repetition does not happen.
  var isConflict: Bool {
    message.contains("could not serialize access") || message.contains("deadlock detected")
  }
}

extension LoadProblem: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The row only.
  public var description: String { "LoadProblem(row \(row.map { "\($0)" } ?? "unknown"))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LoadRow: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The external id only.
  public var description: String { "LoadRow(\(id))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
