extension Migration {
  /// Stops, and who has acknowledged them.
  ///
  /// `stop_board` is one row, read seven times a second by every process and once per transaction that
  /// writes intents; it repeats the scopes of `stops`, so that reading it is enough.
  static let stop = Migration(number: 9, name: "stop") { _ in
    [
      """
      CREATE TABLE stop_board (
        id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
        number BIGINT NOT NULL CHECK (number >= 0),
        scopes TEXT NOT NULL
      )
      """,
      "INSERT INTO stop_board (id, number, scopes) VALUES (1, 0, '')",
      """
      CREATE TABLE stops (
        scope TEXT NOT NULL PRIMARY KEY CHECK (scope <> ''),
        number BIGINT NOT NULL CHECK (number > 0),
        at BIGINT NOT NULL,
        stopped_by TEXT NOT NULL,
        via TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        cause TEXT NOT NULL CHECK (cause IN ('person', 'restored')),
        known_until BIGINT
      )
      """,
      """
      CREATE TABLE stop_acknowledgements (
        boot_id TEXT NOT NULL PRIMARY KEY REFERENCES boots (boot_id),
        number BIGINT NOT NULL,
        in_flight TEXT NOT NULL,
        at BIGINT NOT NULL
      )
      """,
    ]
  }
}
