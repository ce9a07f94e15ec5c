extension Migration {
  /// How much was sent in a month is read by time, without going through what is older.
  static let usage = Migration(number: 6, name: "usage") { _ in
    [
      """
      CREATE INDEX attempts_by_time ON attempts (org_id, intent_at) WHERE channel IS NOT NULL
      """
    ]
  }
}
