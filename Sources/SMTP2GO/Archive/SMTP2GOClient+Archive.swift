extension SMTP2GOClient {
  /// Reads one page of the archive (`/archive/search`). Needs archiving on the key, which is paid
  /// for.
  public func searchArchive(_ query: ArchiveQuery) async -> CallResult<ArchivePage> {
    await call(.archiveSearch, query.encoded(), reader: .archive)
  }

  /// The pages of the archive, read as they are asked for.
  public func archivePages(_ query: ArchiveQuery) -> Pages<ArchivePage> {
    Pages(
      fetch: { token in
        var query = query
        if let token { query.continueToken = token }
        return await searchArchive(query)
      },
      next: { $0.emails.isEmpty ? nil : $0.continueToken })
  }
}

extension AnswerReader where Value == ArchivePage {
  static let archive = AnswerReader(reading: { data in
    (data.array ?? data["emails"]?.array).map { list in
      ArchivePage(
        emails: list.map { ArchivedEmail($0) }, emailCount: data.first("email_count")?.integer,
        continueToken: data.first("continue_token")?.nonEmptyText)
    }
  })
}
