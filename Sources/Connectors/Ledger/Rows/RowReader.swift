import ActionProtocol
import Addressing
import Engine

/// Reads one record's cells into values and collects everything that is wrong with them.
struct RowReader {
  let line: Int
  let plan: ColumnPlan
  let cells: [String]
  let options: ImportOptions
  private(set) var problems: [RowRejection] = []

  init(line: Int, plan: ColumnPlan, cells: [String], options: ImportOptions) {
    self.line = line
    self.plan = plan
    self.cells = cells
    self.options = options
  }

  /// The cell without spaces around it; nil where it is empty or there is none.
  func cell(_ field: LedgerField) -> String? {
    guard let index = plan[field] else { return nil }
    let text = Substring(cells[index]).trimmingSpace
    return text.isEmpty ? nil : String(text)
  }

  mutating func reject(_ field: LedgerField, _ problem: ValueProblem) {
    problems.append(
      RowRejection(
        line: line, column: plan.name(of: field), problem: problem.problem, remedy: problem.remedy))
  }

  /// One line of text without control characters; empty cells are nil.
  mutating func text(_ field: LedgerField, limit: Int = 200) -> String? {
    guard let cell = cell(field) else { return nil }
    let scalars = cell.unicodeScalars
    if scalars.count > limit {
      reject(field, ValueProblem("is longer than \(limit) characters", remedy: "Shorten it."))
      return nil
    }
    if scalars.contains(where: { $0.properties.generalCategory == .control }) {
      reject(
        field,
        ValueProblem("holds a line break or control character", remedy: "Put it on one line."))
      return nil
    }
    return cell
  }

  mutating func requiredText(_ field: LedgerField, limit: Int = 200) -> String? {
    if cell(field) == nil {
      reject(field, ValueProblem("is empty", remedy: "Fill it in."))
      return nil
    }
    return text(field, limit: limit)
  }

  /// A value of a cell; nil, and perhaps a problem, where there is none.
  mutating func value<Value>(_ field: LedgerField, _ read: (String) throws -> Value) -> Value? {
    guard let cell = cell(field) else { return nil }
    do {
      return try read(cell)
    } catch let problem as ValueProblem {
      reject(field, problem)
    } catch let issue as AddressingIssue {
      reject(field, ValueProblem("\(issue.message)", remedy: issue.remedy))
    } catch {
      reject(field, ValueProblem("cannot be read", remedy: "Correct it."))
    }
    return nil
  }

  mutating func required<Value>(_ field: LedgerField, _ read: (String) throws -> Value) -> Value? {
    if cell(field) == nil {
      reject(field, ValueProblem("is empty", remedy: "Fill it in."))
      return nil
    }
    return value(field, read)
  }

  mutating func flag(_ field: LedgerField, default standard: Bool) -> Bool {
    value(field, WordReader.flag) ?? standard
  }
}

extension RowReader {
  mutating func date(_ field: LedgerField) -> LocalDate? {
    let format = options.dateFormat ?? options.preset?.dateFormat
    return value(field, DateReader(format: format).read)
  }

  mutating func requiredDate(_ field: LedgerField) -> LocalDate? {
    let format = options.dateFormat ?? options.preset?.dateFormat
    return required(field, DateReader(format: format).read)
  }

  /// The row's currency, or that of the file.
  mutating func currency() -> Currency? {
    let code = cell(.currency)
    guard let code else {
      if let currency = options.currency { return currency }
      reject(
        .currency,
        ValueProblem(
          "is not given", remedy: "Add a column with its three-letter code."))
      return nil
    }
    guard let currency = Currency(code: code.uppercased()) else {
      reject(
        .currency,
        ValueProblem("is no currency", remedy: "Write its three-letter code, such as EUR."))
      return nil
    }
    return currency
  }

  /// An amount in the row's currency; nil, without a further problem, where that is not known.
  mutating func money(_ field: LedgerField, _ currency: Currency?) -> Money? {
    guard let currency else { return nil }
    let reader = AmountReader(decimalMark: options.decimalMark ?? options.preset?.decimalMark)
    return value(field) { try reader.read($0, currency: currency) }
  }

  mutating func requiredMoney(_ field: LedgerField, _ currency: Currency?) -> Money? {
    if cell(field) == nil {
      reject(field, ValueProblem("is empty", remedy: "Fill it in."))
      return nil
    }
    return money(field, currency)
  }

  mutating func email() -> EmailAddress? {
    value(.email) { cell in
      if cell.contains(where: { ",; ".contains($0) }) {
        throw ValueProblem(
          "is not one address", remedy: "Keep one; import further ones as contacts.")
      }
      return try EmailAddress(cell)
    }
  }

  /// A number without a country code is taken as one of the row's country, else of the file's.
  mutating func phone(country: String?) -> PhoneNumber? {
    let country = country ?? options.country
    return value(.phone) { try PhoneNumber($0, country: country) }
  }
}
