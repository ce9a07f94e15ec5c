import ActionProtocol
import Addressing
import Decisions
import Engine
import Web

/// An organisation's settings for a page: read and written as `aiom org set` does.
struct ServeSettings: OrganisationSettings {
  let house: House

  func channels(_ organisation: Organisation) -> [ChannelLine] {
    let settings = house.settings
    let hasKey = ProviderProbe.key(settings, organisation) != nil
    // A sandbox needs no key of one's own.
    let isSandbox = settings.delivery == .sandbox
    let key =
      isSandbox
      ? "the local mailbox, no customer sees it"
      : "key in \(organisation.smtp2goKey): \(hasKey ? "set, hidden" : "missing")"
    let sender = organisation.sender?.rawValue
    let number = (organisation.smsSender ?? settings.smsSender)?.e164
    let address = settings.serving.publicURL
    return [
      ChannelLine(
        name: "E-mail", isConfigured: (isSandbox || hasKey) && sender != nil,
        words: "\(key); sender \(sender ?? "none")"),
      ChannelLine(
        name: "SMS", isConfigured: isSandbox || hasKey,
        words: "\(key); from \(number ?? "the provider's shared numbers")"),
      ChannelLine(
        name: "Books", isConfigured: true,
        words: BooksView.rows(organisation.books).map { "\($0[0]): \($0[1])" }
          .joined(separator: "; ")),
      ChannelLine(
        name: "Public address", isConfigured: address != nil,
        words: address ?? "AIOM_PUBLIC_URL is not set: outcomes are looked up"),
    ]
  }

  func groups(_ organisation: Organisation) -> [SettingGroup] {
    let form = OrganisationForm(organisation)
    return SettingLabels.groups.map { title, labels in
      SettingGroup(
        title: title,
        fields: labels.map { label in
          SettingField(
            name: label.name, label: label.title, value: form[keyPath: label.path],
            hint: label.hint)
        })
    } + [caps(organisation)]
  }

  private func caps(_ organisation: Organisation) -> SettingGroup {
    SettingGroup(
      title: "Caps",
      fields: OutreachCaps.all.map { cap in
        SettingField(
          name: "cap.\(cap.name)", label: SettingLabels.title(cap),
          value: organisation.caps[cap].map(String.init) ?? OrganisationForm.unlimited,
          hint: "A whole number from 1 to \(OutreachCaps.most), or none.")
      })
  }

  /// Again from the start where somebody else was faster: what they changed stays.
  func change(
    _ org: OrgID, _ values: [String: String], by author: Author, via: String
  ) async throws {
    for _ in 1...3 {
      do {
        return try await apply(org, values, by: author, via: via)
      } catch let failure as Failure where failure.code == OrganisationWriter.changedMeanwhile.code
      {
        continue
      }
    }
    throw SettingFault([(field: "org", text: "was changed by others just now; save again")])
  }

  private func apply(
    _ org: OrgID, _ values: [String: String], by author: Author, via: String
  ) async throws {
    guard let existing = try await house.store.read({ try $0.organisation(org) }) else {
      throw SettingFault([(field: "org", text: "is unknown")])
    }
    var form = OrganisationForm(existing)
    for (_, labels) in SettingLabels.groups {
      for label in labels {
        if let value = values[label.name] { form[keyPath: label.path] = value }
      }
    }
    let caps = values.filter { $0.key.hasPrefix("cap.") }.sorted { $0.key < $1.key }
    form.outreach.caps = caps.map { "\($0.key.dropFirst("cap.".count))=\($0.value)" }
    let wanted: Organisation
    switch form.organisation(at: existing.createdAt) {
    case .success(let organisation): wanted = organisation
    case .failure(let failure): throw Self.fault(failure, caps.map(\.key))
    }
    let now = try await house.store.read { $0.now }
    try await OrganisationWriter(store: house.store, author: author, via: via)
      .change(existing.taking(wanted, at: now), fields: values.keys.sorted(), of: existing)
  }

  /// The command line's options are the page's fields.
  private static func fault(_ failure: Failure, _ caps: [String]) -> SettingFault {
    let problems = (failure.details["problems"]?.arrayValue ?? []).compactMap { one in
      one.objectValue.map { object in
        (
          field: object["field"]?.stringValue ?? "", text: object["problem"]?.stringValue ?? ""
        )
      }
    }
    return SettingFault(
      problems.map { field, text in
        if field == "--cap" {
          return (caps.first { text.contains($0.dropFirst("cap.".count)) } ?? "caps", text)
        }
        return (String(field.dropFirst(2)).replacing("-", with: "_"), text)
      })
  }
}
