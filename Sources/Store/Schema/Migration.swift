/// One numbered step of the schema. Steps are only ever appended; a published one never changes.
public struct Migration: Sendable {
  /// From 1, without gaps.
  public let number: Int
  /// A short name for the migrations table.
  public let name: String
  /// The statements, in order, for a database.
  public let statements: @Sendable (SQLDialect) -> [String]

  public init(
    number: Int, name: String, statements: @escaping @Sendable (SQLDialect) -> [String]
  ) {
    self.number = number
    self.name = name
    self.statements = statements
  }
}
