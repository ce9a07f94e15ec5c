extension Migration {
  /// SQLite keeps the busiest tables in one tree instead of two: a table whose key is text has, by
  /// default, a hidden row number besides, and every insert pays for both.
  static let compactTables = Migration(number: 5, name: "compact_tables") { dialect in
    switch dialect {
    case .postgresql: []
    case .sqlite: Self.compacted.flatMap(rebuild) + evidenceTriggers(dialect)
    }
  }

  /// A table that is rebuilt: its name, its columns, its indexes.
  private typealias CompactTable = (name: String, columns: String, indexes: [String])

  private static func rebuild(_ table: CompactTable) -> [String] {
    [
      "CREATE TABLE \(table.name)_compact (\(table.columns)) WITHOUT ROWID",
      "INSERT INTO \(table.name)_compact SELECT * FROM \(table.name)",
      "DROP TABLE \(table.name)",
      "ALTER TABLE \(table.name)_compact RENAME TO \(table.name)",
    ] + table.indexes
  }

  private static func evidenceTriggers(_ dialect: SQLDialect) -> [String] {
    ["UPDATE", "DELETE"].flatMap { appendOnly("evidence", $0, dialect) }
  }

  private static let compacted: [CompactTable] = [
    stages, evidence, outreachAddresses, outreachCounters, liveRecords,
  ]

  private static let stages: CompactTable = (
    "stages",
    """

      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      stage TEXT NOT NULL,
      started_at BIGINT NOT NULL,
      microseconds BIGINT NOT NULL,
      result TEXT NOT NULL,
      detail TEXT,
      PRIMARY KEY (org_id, action_id, revision, call, stage)

    """, []
  )

  private static let evidence: CompactTable = (
    "evidence",
    """

      org_id TEXT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      number BIGINT NOT NULL,
      source TEXT NOT NULL,
      outcome TEXT NOT NULL,
      provider_id TEXT,
      at BIGINT NOT NULL,
      detail TEXT,
      PRIMARY KEY (org_id, action_id, revision, call, number)

    """, []
  )

  private static let outreachAddresses: CompactTable = (
    "outreach_addresses",
    """

      org_id TEXT NOT NULL,
      address TEXT NOT NULL,
      channel TEXT NOT NULL,
      delivery TEXT NOT NULL,
      at BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
      PRIMARY KEY (org_id, address, channel, delivery, at, action_id, revision, call)

    """,
    [
      "CREATE INDEX outreach_addresses_by_call ON outreach_addresses (org_id, action_id, revision, call)"
    ]
  )

  private static let outreachCounters: CompactTable = (
    "outreach_counters",
    """

      org_id TEXT NOT NULL,
      counter TEXT NOT NULL,
      channel TEXT NOT NULL,
      delivery TEXT NOT NULL,
      at BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      revision BIGINT NOT NULL,
      call BIGINT NOT NULL,
      counts BIGINT NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
      PRIMARY KEY (org_id, counter, delivery, at, action_id, revision, call)

    """,
    [
      "CREATE INDEX outreach_counters_by_call ON outreach_counters (org_id, action_id, revision, call)"
    ]
  )

  private static let liveRecords: CompactTable = (
    "live_records",
    """

      org_id TEXT NOT NULL,
      delivery TEXT NOT NULL,
      action_type TEXT NOT NULL,
      model TEXT NOT NULL,
      record_id BIGINT NOT NULL,
      action_id TEXT NOT NULL,
      PRIMARY KEY (org_id, delivery, action_type, model, record_id),
      FOREIGN KEY (org_id, action_id) REFERENCES actions (org_id, action_id)

    """, ["CREATE INDEX live_records_by_action ON live_records (org_id, action_id)"]
  )
}
