import ActionProtocol
import Addressing
import Decisions
import Foundation
import Insights

/// Where the recipients of a message are, read from the books.
///
/// The same value serves the preview on a card and the binding answer.
struct RecipientReading {
  let recipients: [RecordReference]
  private let type: ActionType
  private let kind: MessageClass
  private let channel: OutreachChannel?
  private let phoneCountry: String?

  /// - Parameter affected: receives the message where no effect names anybody.
  init(_ proposal: Proposal, _ affected: PartnerID?) {
    type = proposal.actionType
    kind = MessageClass(proposal)
    channel = OutreachChannel(proposal.operation.operationType)
    let named = proposal.externalEffects.compactMap(\.recipientPartnerID)
    recipients = Set(named.isEmpty ? [affected].compactMap { $0 } : named)
      .sorted { $0.rawValue < $1.rawValue }
      .map { .partner($0) }
    phoneCountry =
      if case .sms(_, let sms) = proposal.operation { sms.to.country } else { nil }
  }

  /// A message of a type to one customer, or to nobody of the books.
  init(
    _ type: ActionType, _ channel: OutreachChannel, to partner: PartnerID?, phoneCountry: String?
  ) {
    self.type = type
    kind = MessageClass(type)
    self.channel = channel
    self.phoneCountry = phoneCountry
    recipients = partner.map { [.partner($0)] } ?? []
  }

  /// When each may be written to; none for operations that no customer sees.
  /// - Parameter record: reads a record of the org's books.
  func hours(
    _ organisation: Organisation, record: (RecordReference) throws -> LedgerRecord?
  ) throws -> [RecipientHours] {
    guard let channel, let hours = organisation.quietHours else { return [] }
    return try zones(organisation, record: record).compactMap {
      RecipientHours(
        $0, hours: hours, channel: channel, type: type, kind: kind,
        changes: organisation.outreach.holidays)
    }
  }

  /// The one clock that all recipients live by; nil where several are possible, or where the message
  /// is for the org's own people.
  func clock(
    _ organisation: Organisation, record: (RecordReference) throws -> LedgerRecord?
  ) throws -> TimeZone? {
    guard channel != nil, kind != .internal else { return nil }
    let zones = Set(try zones(organisation, record: record).flatMap(\.zones))
    return zones.count == 1 ? zones.first : nil
  }

  /// Where each is; the org's own place where the message names nobody.
  func zones(
    _ organisation: Organisation, record: (RecordReference) throws -> LedgerRecord?
  ) throws -> [RecipientZones] {
    let place = (organisation.profile.zone, organisation.profile.country)
    guard !recipients.isEmpty else {
      return [
        RecipientZones(
          contact: nil, company: nil, phoneCountry: phoneCountry, organisation: place)
      ]
    }
    return try recipients.map { reference in
      let own = try record(reference)
      let company = try own?.company.flatMap { try record($0) }
      return RecipientZones(
        contact: company == nil ? nil : own.map(RecordedPlace.init),
        company: (company ?? own).map(RecordedPlace.init), phoneCountry: phoneCountry,
        organisation: place)
    }
  }
}

extension RecordedPlace {
  /// What a `res.partner` says; a country that is no code of two letters is left out.
  init(_ record: LedgerRecord) {
    self.init(zone: record.fields["tz"]?.stringValue)
    if case .array(let pair)? = record.fields["country_id"], pair.count == 2,
      let code = pair[1].stringValue, code.utf8.count == 2
    {
      country = code
    }
  }
}

extension PartnerFacts {
  /// Fills in the zone where the books have none and the country has one clock only.
  mutating func tellZone() {
    guard zone.flatMap({ TimeZone(identifier: $0) }) == nil, let country else { return }
    let clocks = CountryZones.clocks(of: country)
    zone = clocks.count == 1 ? clocks.first?.identifier : nil
  }
}

extension RecordReference {
  /// A customer's or a contact's record.
  static func partner(_ id: PartnerID) -> RecordReference {
    RecordReference(model: AffectedRecords.partnerModel, id: id.rawValue)
  }
}

extension LedgerRecord {
  /// The company that a contact belongs to.
  var company: RecordReference? {
    guard case .array(let pair)? = fields["parent_id"], case .integer(let id)? = pair.first else {
      return nil
    }
    return RecordReference(model: reference.model, id: id)
  }
}
