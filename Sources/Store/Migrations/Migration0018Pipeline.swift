extension Migration {
  /// When deals began and ended, and how often their expected close was moved later.
  static let pipeline = Migration(number: 18, name: "pipeline") { _ in
    [
      "ALTER TABLE deals ADD COLUMN opened_on BIGINT",
      "ALTER TABLE deals ADD COLUMN closed_on BIGINT",
      "ALTER TABLE deals ADD COLUMN postponed BIGINT NOT NULL DEFAULT 0 CHECK (postponed >= 0)",
    ]
  }
}
