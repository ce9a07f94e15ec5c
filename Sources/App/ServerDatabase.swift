#if POSTGRES
  import Engine
  import PostgresDriver
  import Store

  /// A PostgreSQL as the program opens it.
  enum ServerDatabase {
    static func problem(with url: String) -> String? {
      do {
        _ = try PostgresAddress(url)
        return nil
      } catch {
        return "is not an address such as postgresql://user:password@host:5432/database"
      }
    }

    static func label(_ url: String) -> String { (try? PostgresAddress(url).label) ?? "PostgreSQL" }

    static func open(_ url: String) throws -> OpenDatabase {
      let database = try PostgresDatabase(url: url)
      return OpenDatabase(
        database: database, liveness: AdvisoryLiveness(database), wake: PostgresWake(database),
        close: { database.close() }, durability: { durability(of: try await database.facts()) })
    }

    /// What a commit is worth, in the words of `doctor`.
    static func durability(of facts: PostgresFacts) -> OpenDatabase.Durability {
      var words = "PostgreSQL \(facts.version), schema \(facts.schema), "
      words += "synchronous_commit=\(facts.synchronousCommit), "
      words += guarantee(facts)
      words += facts.isEncrypted ? ", encrypted" : ", not encrypted"
      return OpenDatabase.Durability(words: words, problem: problem(facts))
    }

    /// What survives a failover, and what only a restart.
    private static func guarantee(_ facts: PostgresFacts) -> String {
      guard facts.hasSynchronousStandbys else {
        return "no synchronous standby: commits survive a crash of the server, not its loss"
      }
      guard ["on", "remote_apply"].contains(facts.synchronousCommit) else {
        return "standbys are not waited for: a failover may lose commits"
      }
      let count = facts.confirmingStandbys.map(String.init) ?? "unknown"
      return "synchronous standbys confirming now: \(count); no commit is lost in a failover"
    }

    private static func problem(_ facts: PostgresFacts) -> (found: String, fix: String)? {
      if !facts.writesToDisk {
        return (
          "PostgreSQL \(facts.version) runs with fsync=off",
          "Set fsync=on: an intent must survive a power failure."
        )
      }
      if facts.hasSynchronousStandbys, facts.confirmingStandbys == 0 {
        return (
          "synchronous standbys are configured, and none confirms: nothing can be committed",
          "Bring a standby back, or correct synchronous_standby_names."
        )
      }
      return nil
    }
  }
#endif
