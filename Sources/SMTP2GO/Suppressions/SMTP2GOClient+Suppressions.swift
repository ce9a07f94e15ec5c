extension SMTP2GOClient {
  /// Puts an address or a domain on the list (`/suppression/add`): the provider sends it nothing
  /// from then on.
  ///
  /// - Parameter emailAddress: An address, or a domain such as `example.org`.
  public func addSuppression(
    _ emailAddress: String, description: String? = nil, subaccountID: String? = nil
  ) async -> CallResult<SuppressionAddition> {
    let body = JSONWriter.object { writer in
      writer.field("email_address", emailAddress)
      writer.field("block_description", description)
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.suppressionAdd, body, reader: .suppressionAddition)
  }

  /// Takes an address or a domain off the list, for the reasons given (`/suppression/remove`).
  /// Reasons that were not set are answered with `isRemoved` false.
  public func removeSuppression(
    _ emailAddress: String, reasons: [Suppression.Reason], subaccountID: String? = nil
  ) async -> CallResult<[SuppressionRemoval]> {
    if reasons.isEmpty {
      return refuse(.suppressionRemove, .local("no_reason", "No reason to remove."))
    }
    let body = JSONWriter.object { writer in
      writer.field("email_address", emailAddress)
      writer.field("reasons", reasons.map(\.rawValue))
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.suppressionRemove, body, reader: .suppressionRemovals)
  }

  /// Reads one page of the list (`/suppression/view`).
  public func suppressions(
    _ query: SuppressionQuery = SuppressionQuery()
  ) async -> CallResult<SuppressionPage> {
    await call(.suppressionView, query.encoded(), reader: .suppressions)
  }

  /// The pages of the list, read as they are asked for.
  public func suppressionPages(
    _ query: SuppressionQuery = SuppressionQuery()
  ) -> Pages<SuppressionPage> {
    Pages(
      fetch: { token in
        var query = query
        if let token { query.continueToken = token }
        return await suppressions(query)
      },
      next: { $0.results.isEmpty ? nil : $0.continueToken })
  }
}

extension AnswerReader where Value == SuppressionPage {
  static let suppressions = AnswerReader(reading: { data in
    let list = data.array ?? data["results"]?.array ?? data["suppressions"]?.array
    return list.map { list in
      SuppressionPage(
        results: list.compactMap { Suppression($0) },
        totalResults: data.first("total_results")?.integer,
        continueToken: data.first("continue_token")?.nonEmptyText)
    }
  })
}

extension AnswerReader where Value == SuppressionAddition {
  static let suppressionAddition = AnswerReader(reading: { data in
    data.members.map { _ in
      SuppressionAddition(
        isAdded: data.first("added")?.bool,
        emailAddress: data.first("email_address")?.nonEmptyText,
        blockDescription: data.first("block_description")?.nonEmptyText)
    }
  })
}

extension AnswerReader where Value == [SuppressionRemoval] {
  static let suppressionRemovals = AnswerReader(reading: { data in
    (data.array ?? data["suppressions"]?.array ?? data["results"]?.array)?.map { element in
      SuppressionRemoval(
        emailAddress: element.first("email_address")?.nonEmptyText,
        reason: element.first("reason")?.nonEmptyText.map { Suppression.Reason(rawValue: $0) },
        isRemoved: element.first("removed")?.bool)
    }
  })
}
