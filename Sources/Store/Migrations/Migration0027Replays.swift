extension Migration {
  /// Requests that named a key, with what was answered.
  static let replays = Migration(number: 27, name: "replays") { dialect in
    [
      """
      CREATE TABLE replays (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        author TEXT NOT NULL,
        replay_key TEXT NOT NULL CHECK (replay_key <> ''),
        request TEXT NOT NULL CHECK (LENGTH(request) = 64),
        begun_at BIGINT NOT NULL,
        status BIGINT CHECK (status BETWEEN 200 AND 299),
        media_type TEXT,
        body \(dialect.bytesType),
        PRIMARY KEY (org_id, author, replay_key),
        CHECK ((status IS NULL) = (media_type IS NULL) AND (status IS NULL) = (body IS NULL))
      )
      """,
      "CREATE INDEX replays_by_time ON replays (org_id, begun_at)",
    ]
  }
}
