import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A form that comes back to the page about settings.
protocol SettingsPlaceForm: PlaceForm {}

extension SettingsPlaceForm {
  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    var page = try await SettingsPage(ports.desk, ports.settings, request)
    page.problem = problem
    return page.page
  }
}

/// Saves what differs from what the form showed: what somebody else changed meanwhile stays.
struct SettingsChangeForm: SettingsPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let values = changed(post.fields, post.frame.organisation)
    guard !values.isEmpty else { return ("/settings", SettingsDeed.unchanged.rawValue) }
    do {
      try await ports.settings.change(post.org, values, by: post.caller.author, via: "web")
    } catch let fault as SettingFault {
      throw Problem(fault)
    }
    return ("/settings", SettingsDeed.saved.rawValue)
  }

  private func changed(
    _ fields: FormFields, _ organisation: Organisation
  ) -> [String: String] {
    var values: [String: String] = [:]
    for field in ports.settings.groups(organisation).flatMap(\.fields)
    where fields.has(field.name) && fields.words(field.name) != fields.words("was.\(field.name)") {
      values[field.name] = fields.words(field.name)
    }
    return values
  }

  func page(
    _ request: WebRequest, _ fields: FormFields, _ problem: Problem
  ) async throws -> Page {
    var page = try await SettingsPage(ports.desk, ports.settings, request)
    page.problem = problem
    page.filled = changed(fields, page.frame.organisation)
    for one in problem.details["problems"]?.arrayValue ?? [] {
      guard let object = one.objectValue, let field = object["field"]?.stringValue else { continue }
      page.faults[field] = object["problem"]?.stringValue
    }
    return page.page
  }
}

/// Gives or takes a role, disables or enables somebody.
struct PersonChangeForm: SettingsPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    let person = try JSONBody.person(post["person"])
    let people = People(ports.access)
    // Whoever has no role here is nobody of this organisation.
    _ = try await people.show(person, in: post.org)
    switch post["deed"] {
    case "give", "take":
      let role = try JSONBody.role(post["role"])
      let gives = post["deed"] == "give"
      try await people.change(
        person, in: post.org, adding: gives ? [role] : [], removing: gives ? [] : [role],
        by: post.caller, via: "web")
    case "disable", "enable":
      try await people.setActive(
        person, post["deed"] == "enable", by: post.caller, via: "web")
    default:
      throw Problem.field("deed", "is unknown", "Take one of give, take, disable, enable.")
    }
    return ("/settings", SettingsDeed.changed.rawValue)
  }
}

struct TokenRevokeForm: SettingsPlaceForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(_ post: PlacePost) async throws -> (path: String, done: String) {
    _ = try await Tokens(ports.access).revoke(
      post["token"], in: post.org, by: post.caller, via: "web")
    return ("/settings", SettingsDeed.revoked.rawValue)
  }
}
