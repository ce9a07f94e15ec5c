/// What became of the records that were read by id.
public struct ReadResult: Sendable {
  /// The records that exist, archived ones among them, in the order of the ids asked for.
  public let records: [OdooRecord]
  /// The ids that do not exist any more.
  public let missing: [Int]
  /// The ids of records that exist and are archived: searches do not find them.
  public let archived: Set<Int>

  /// The record with this id.
  public subscript(id: Int) -> OdooRecord? { records.first { $0.id == id } }
}
