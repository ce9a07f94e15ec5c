extension SMTP2GOClient {
  /// The endpoints that the key may use (`/api_keys/permissions`), patterns such as `/email/*`
  /// among them: ask `KeyPermissions`. Every key may call this, so that it tells a good key from a
  /// bad one without any effect.
  public func permissions() async -> CallResult<[String]> {
    await call(.permissions, reader: .permissions)
  }

  /// The sender addresses that were verified by themselves (`/single_sender_emails/view`).
  ///
  /// - Parameter emailAddress: Only addresses that match it.
  public func singleSenders(
    matching emailAddress: String? = nil, subaccountID: String? = nil
  ) async -> CallResult<[SingleSender]> {
    let body = JSONWriter.object { writer in
      writer.field("email_address", emailAddress)
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.singleSenders, body, reader: .singleSenders)
  }

  /// The sender domains with their DNS records (`/domain/view`).
  ///
  /// - Parameter domain: Only this one.
  public func domains(
    named domain: String? = nil, subaccountID: String? = nil
  ) async -> CallResult<[SenderDomain]> {
    let body = JSONWriter.object { writer in
      writer.field("domain", domain)
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.domains, body, reader: .domains)
  }

  /// Has the provider look for a domain's DNS records now, instead of within some seven minutes
  /// (`/domain/verify`).
  ///
  /// - Parameter requisitionsSSL: Whether to order a certificate for the tracking domain as well;
  ///   nil leaves the provider's yes.
  public func verifyDomain(
    _ domain: String, requisitionsSSL: Bool? = nil, subaccountID: String? = nil
  ) async -> CallResult<[SenderDomain]> {
    let body = JSONWriter.object { writer in
      writer.field("domain", domain)
      writer.field("requisition_ssl", requisitionsSSL)
      writer.field("subaccount_id", subaccountID)
    }
    return await call(.domainVerify, body, reader: .domains)
  }
}

extension AnswerReader where Value == [String] {
  static let permissions = AnswerReader(reading: { data in
    (data.array ?? data["permissions"]?.array ?? data["endpoints"]?.array)?
      .compactMap(\.nonEmptyText)
  })
}
