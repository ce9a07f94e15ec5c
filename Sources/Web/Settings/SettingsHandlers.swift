import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// An organisation's settings, for a browser.
struct SettingsPageHandler: ReadingHandler {
  private let ports: ReadPorts

  init(_ ports: ReadPorts) { self.ports = ports }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { SettingsDeed(rawValue: $0) }
    var page = try await SettingsPage(ports.desk, ports.settings, request)
    page.notice = done?.notice
    return .page(page.page)
  }
}

/// What a form about settings did.
enum SettingsDeed: String {
  case saved, unchanged, changed, revoked

  var notice: String {
    switch self {
    case .saved: "Saved. What waits for a limit is looked at again."
    case .unchanged: "Nothing was different, so nothing was saved."
    case .changed: "Done."
    case .revoked: "Revoked: it opens nothing any more."
    }
  }
}

extension SettingsPage {
  init(
    _ desk: DeskViews, _ settings: any OrganisationSettings, _ request: WebRequest
  ) async throws {
    let frame = try await desk.frame(request).frame
    self.init(
      frame: frame,
      picture: try await SettingsPicture.read(frame.organisation, desk.engine, settings))
  }
}

/// The same for programs. Persons, roles and tokens have addresses of their own.
struct SettingsHandler: ReadingHandler {
  private let ports: ReadPorts

  init(_ ports: ReadPorts) { self.ports = ports }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let organisation = try await ports.actions.context.store.read { try $0.organisation(org) }
    guard let organisation else { throw Problem.orgNeeded }
    let picture = try await SettingsPicture.read(
      organisation, ports.actions.context, ports.settings)
    return .json([
      "channels": .array(
        picture.channels.map { channel in
          [
            "name": .string(channel.name), "configured": .bool(channel.isConfigured),
            "words": .string(channel.words),
          ]
        }),
      "settings": .object(
        JSONObject(
          picture.groups.flatMap(\.fields).map { ($0.name, .string($0.value)) })),
      "webhooks": .array(
        picture.webhooks.map { webhook in
          [
            "id": .string(webhook.id), "created_at": .string(webhook.createdAt.rfc3339),
            "vendor_id": webhook.vendorID.map { .string($0) } ?? .null,
          ]
        }),
    ])
  }
}

/// Changes the settings that the body names.
struct SettingsChangeHandler: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let organisation = try await ports.engine.store.read { try $0.organisation(org) }
    guard let organisation else { throw Problem.orgNeeded }
    let names = ports.settings.groups(organisation).flatMap(\.fields).map(\.name)
    let body = try JSONBody(await body(), members: Set(names))
    var values: [String: String] = [:]
    for name in names { values[name] = try body.optionalText(name) }
    guard !values.isEmpty else {
      throw Problem.field("body", "names no setting", "See GET /api/v1/settings for their names.")
    }
    do {
      try await ports.settings.change(org, values, by: caller.author, via: "api")
    } catch let fault as SettingFault {
      throw Problem(fault)
    }
    return .json(["changed": .array(values.keys.sorted().map { .string($0) })])
  }
}

extension Problem {
  init(_ fault: SettingFault) {
    self.init(
      .unprocessableContent, "settings.invalid", "Nothing was saved: some of it cannot be.",
      remedy: fault.problems.map { "\($0.field) \($0.text)." }.joined(separator: " "),
      details: [
        "problems": .array(
          fault.problems.map { ["field": .string($0.field), "problem": .string($0.text)] })
      ])
  }
}
