import Engine
import SMTP2GO

/// SMTP2GO's lists of verified senders and domains, behind `/single_sender_emails/view` and
/// `/domain/view`.
struct SMTP2GOSenders: VendorSenders {
  let client: SMTP2GOClient

  func facts() async -> VendorSenderFacts {
    async let senders = client.singleSenders()
    async let domains = client.domains()
    return VendorSenderFacts(senders: await senders.outcome, domains: await domains.outcome)
  }
}

extension VendorSenderFacts {
  /// The engine's words for the provider's answers.
  /// - Parameters:
  ///   - senders: nil where the key may not ask.
  ///   - domains: nil where the key may not ask.
  public init(senders: Outcome<[SingleSender]>?, domains: Outcome<[SenderDomain]>?) {
    self.init(
      senders: senders?.answered { $0.map(VendorSender.init) } ?? .notPermitted,
      domains: domains?.answered { $0.map(VendorDomain.init) } ?? .notPermitted)
  }
}

extension VendorSender {
  fileprivate init(_ sender: SingleSender) {
    self.init(address: sender.emailAddress, isVerified: sender.isVerified)
  }
}

extension VendorDomain {
  fileprivate init(_ domain: SenderDomain) {
    self.init(
      name: domain.name, dkim: VendorRecord(domain.dkim),
      returnPath: VendorRecord(domain.returnPath))
  }
}

extension VendorRecord {
  fileprivate init(_ record: SenderDomain.Record) {
    self.init(host: record.name, target: record.value, isFound: record.isVerified)
  }
}
