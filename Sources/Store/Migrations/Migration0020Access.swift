extension Migration {
  /// Persons, their roles and credentials. Of every secret only a digest, a hash or a sealed form.
  static let access = Migration(number: 20, name: "access") { dialect in
    persons(dialect.bytesType) + credentials(dialect.bytesType) + keys(dialect.bytesType)
  }

  private static func persons(_ bytes: String) -> [String] {
    [
      """
      CREATE TABLE persons (
        person_id TEXT NOT NULL PRIMARY KEY CHECK (person_id <> '' AND person_id NOT LIKE '%:%'),
        name TEXT NOT NULL CHECK (name <> ''),
        email TEXT CHECK (email LIKE '%@%'),
        is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
        created_at BIGINT NOT NULL
      )
      """,
      """
      CREATE TABLE person_passwords (
        person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (person_id),
        salt \(bytes) NOT NULL CHECK (LENGTH(salt) >= 16),
        hash \(bytes) NOT NULL CHECK (LENGTH(hash) >= 32),
        rounds BIGINT NOT NULL CHECK (rounds > 1),
        block_size BIGINT NOT NULL CHECK (block_size > 0),
        parallelism BIGINT NOT NULL CHECK (parallelism > 0),
        changed_at BIGINT NOT NULL
      )
      """,
      """
      CREATE TABLE memberships (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        role TEXT NOT NULL CHECK (role <> ''),
        PRIMARY KEY (org_id, person_id, role)
      )
      """,
      "CREATE INDEX memberships_person ON memberships (person_id)",
      """
      CREATE TABLE roles (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        name TEXT NOT NULL
          CHECK (name NOT IN ('', 'owner', 'finance', 'sales', 'approver', 'viewer')),
        rights TEXT NOT NULL CHECK (rights <> ''),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (org_id, name)
      )
      """,
    ]
  }

  /// INVARIANT: the database itself refuses an agent's token with a right that needs a person.
  private static func credentials(_ bytes: String) -> [String] {
    [
      """
      CREATE TABLE sessions (
        digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        place TEXT NOT NULL CHECK (place IN ('web', 'cli')),
        created_at BIGINT NOT NULL,
        seen_at BIGINT NOT NULL
      )
      """,
      "CREATE INDEX sessions_person ON sessions (person_id)",
      """
      CREATE TABLE api_tokens (
        org_id TEXT NOT NULL REFERENCES orgs (org_id),
        token_id TEXT NOT NULL CHECK (token_id <> ''),
        digest TEXT NOT NULL UNIQUE CHECK (LENGTH(digest) = 64),
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('person', 'agent')),
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        scopes TEXT NOT NULL CHECK (scopes <> ''),
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL CHECK (expires_at > created_at),
        last_used_at BIGINT,
        revoked_at BIGINT,
        PRIMARY KEY (org_id, token_id),
        CHECK (kind = 'person' OR scopes IN ('read', 'propose', 'suppress', 'read,propose',
          'read,suppress', 'propose,suppress', 'read,propose,suppress'))
      )
      """,
      "CREATE UNIQUE INDEX api_tokens_name ON api_tokens (org_id, name) WHERE revoked_at IS NULL",
      """
      CREATE TABLE access_links (
        digest TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(digest) = 64),
        person_id TEXT REFERENCES persons (person_id),
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL CHECK (expires_at > created_at)
      )
      """,
      """
      CREATE TABLE login_failures (
        key TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(key) = 64),
        failures BIGINT NOT NULL CHECK (failures > 0),
        last_at BIGINT NOT NULL
      )
      """,
    ]
  }

  private static func keys(_ bytes: String) -> [String] {
    [
      """
      CREATE TABLE code_keys (
        person_id TEXT NOT NULL PRIMARY KEY REFERENCES persons (person_id),
        sealed \(bytes) NOT NULL,
        created_at BIGINT NOT NULL,
        confirmed_at BIGINT,
        last_step BIGINT
      )
      """,
      """
      CREATE TABLE passkeys (
        credential_id \(bytes) NOT NULL PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        name TEXT NOT NULL CHECK (name <> ''),
        public_key \(bytes) NOT NULL CHECK (LENGTH(public_key) = 65),
        sign_count BIGINT NOT NULL CHECK (sign_count >= 0),
        created_at BIGINT NOT NULL,
        last_used_at BIGINT
      )
      """,
      "CREATE INDEX passkeys_person ON passkeys (person_id)",
      """
      CREATE TABLE passkey_challenges (
        challenge \(bytes) NOT NULL PRIMARY KEY CHECK (LENGTH(challenge) >= 32),
        person_id TEXT NOT NULL REFERENCES persons (person_id),
        purpose TEXT NOT NULL CHECK (purpose IN ('register', 'approve')),
        action_digest TEXT,
        expires_at BIGINT NOT NULL,
        CHECK ((purpose = 'approve') = (action_digest IS NOT NULL))
      )
      """,
    ]
  }
}
