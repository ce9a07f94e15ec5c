import Engine

/// Which column of a file brings which field.
struct ColumnPlan: Sendable {
  /// The file's names.
  let headers: [String]
  private let index: [LedgerField: Int]

  /// Recognises the columns: what `--map` says, then what the preset knows, then known headers.
  /// - Throws: ``LedgerFileError`` with every problem of the mapping and the header.
  init(headers: [String], kind: LedgerKind, options: ImportOptions) throws {
    self.headers = headers
    let names = headers.map { HeaderName($0) }
    var index = try Self.mapped(headers, kind, options)
    let mapped = Set(index.values)
    for field in LedgerField.fields(of: kind) where index[field] == nil {
      let known =
        (options.preset?.names(of: field, in: kind) ?? [])
        + KnownHeaders.names(of: field, in: kind)
      let found = known.lazy.compactMap { name in
        names.firstIndex { $0 == name }
      }.first { !mapped.contains($0) }
      guard let found else { continue }
      if names.lastIndex(of: names[found]) != found {
        throw LedgerFileError(
          "file.header", "The column for \(field.rawValue) is there twice.",
          remedy: "Remove or rename one of the two.")
      }
      index[field] = found
    }
    self.index = index
  }

  subscript(field: LedgerField) -> Int? { index[field] }

  /// The file's own name for a field, or the field's.
  func name(of field: LedgerField) -> String {
    index[field].map { headers[$0] } ?? field.rawValue
  }

  /// The groups of fields of which none is there.
  func missing(for kind: LedgerKind) -> [[LedgerField]] {
    LedgerField.required(for: kind).filter { group in group.allSatisfy { index[$0] == nil } }
  }

  /// - Throws: where fields are missing without which no row can be read; under a preset, where the
  ///   program's own columns for them are missing and `--map` names no others.
  func requireAll(of kind: LedgerKind, _ options: ImportOptions, line: Int) throws {
    if let preset = options.preset { try require(preset, kind, options, line: line) }
    let missing = missing(for: kind)
    guard let first = missing.first?.first else { return }
    let groups = missing.map { $0.map(\.rawValue).joined(separator: " or ") }
    throw LedgerFileError(
      "file.header", line: line,
      "No column was recognised for \(groups.joined(separator: ", ")) "
        + "(the file has: \(headers.joined(separator: ", "))).",
      remedy: "Name the column: --map \(first.rawValue)=\"its name in the file\". "
        + "The first line has to be the header.")
  }

  /// General names are not enough under a preset: a file that has none of the program's columns is
  /// another program's, and its dates and amounts would be read by the wrong rules.
  private func require(
    _ preset: ImportPreset, _ kind: LedgerKind, _ options: ImportOptions, line: Int
  ) throws {
    let missing = LedgerField.required(for: kind).compactMap { group -> String? in
      let known = group.flatMap { preset.names(of: $0, in: kind) }
      let isThere = group.contains { field in
        guard let place = index[field] else { return false }
        return options.mapping[field.rawValue] != nil || known.contains(HeaderName(headers[place]))
      }
      guard !known.isEmpty, !isThere else { return nil }
      return known.map(\.written).joined(separator: " or ")
    }
    guard !missing.isEmpty else { return }
    throw LedgerFileError(
      "file.header", line: line,
      "This is no export of \(preset.rawValue): it lacks the column \(missing.joined(separator: ", and ")) "
        + "(the file has: \(headers.joined(separator: ", "))).",
      remedy: "Leave --preset out, name another program, or name the columns with --map.")
  }

  private static func mapped(
    _ headers: [String], _ kind: LedgerKind, _ options: ImportOptions
  ) throws -> [LedgerField: Int] {
    var index: [LedgerField: Int] = [:]
    for (key, header) in options.mapping.sorted(by: { $0.key < $1.key }) {
      let fields = LedgerField.fields(of: kind)
      guard let field = fields.first(where: { $0.rawValue == key }) else {
        throw LedgerFileError(
          "file.option", "--map names the field \(key), which \(kind.rawValue) do not have.",
          remedy: "Use one of: \(fields.map(\.rawValue).joined(separator: ", ")).")
      }
      let exact = headers.firstIndex(of: header)
      guard let place = exact ?? headers.firstIndex(where: { HeaderName($0) == HeaderName(header) })
      else {
        throw LedgerFileError(
          "file.header", "The column \(header), mapped to \(key), is not in the file.",
          remedy: "Use one of: \(headers.joined(separator: ", ")).")
      }
      index[field] = place
    }
    return index
  }
}
