extension Migration {
  /// Who leads, what runs when, and what became of it.
  static let jobs = Migration(number: 8, name: "jobs") { _ in
    [
      """
      CREATE TABLE leaders (
        role TEXT NOT NULL PRIMARY KEY,
        boot_id TEXT NOT NULL,
        token BIGINT NOT NULL CHECK (token > 0),
        taken_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
      )
      """,
      """
      CREATE TABLE jobs (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        job TEXT NOT NULL,
        paused_at BIGINT,
        schedule TEXT,
        missed TEXT CHECK (missed IN ('run_once', 'skip')),
        plan TEXT NOT NULL,
        next_at BIGINT,
        failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0),
        PRIMARY KEY (org_id, job)
      )
      """,
      "CREATE INDEX jobs_due ON jobs (next_at) WHERE paused_at IS NULL AND next_at IS NOT NULL",
      """
      CREATE TABLE job_runs (
        org_id TEXT NOT NULL,
        job TEXT NOT NULL,
        scheduled_at BIGINT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('schedule', 'missed', 'retry', 'person')),
        state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'abandoned',
          'skipped')),
        boot_id TEXT NOT NULL,
        started_at BIGINT NOT NULL,
        ended_at BIGINT,
        error_code TEXT,
        result TEXT NOT NULL,
        PRIMARY KEY (org_id, job, scheduled_at),
        FOREIGN KEY (org_id, job) REFERENCES jobs (org_id, job),
        CHECK ((state = 'running') = (ended_at IS NULL))
      )
      """,
      // A job never overlaps itself, whoever asks.
      "CREATE UNIQUE INDEX job_runs_running ON job_runs (org_id, job) WHERE state = 'running'",
    ]
  }
}
