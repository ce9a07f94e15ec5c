import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Bytes of a JSON member in base64url.
extension JSONBody {
  func bytes(_ name: String) throws(Problem) -> [UInt8] {
    guard let bytes = Base64URL.decode(try text(name)) else {
      throw Problem(
        .unprocessableContent, "body.invalid", "\(name) is not base64url without padding.",
        remedy: "Encode the bytes as the browser's toJSON() does.")
    }
    return bytes
  }

  func digest(_ name: String) throws(Problem) -> Digest {
    guard let digest = Digest(hex: try text(name)) else {
      throw Problem(
        .unprocessableContent, "body.invalid",
        "\(name) is no SHA-256 in 64 small hexadecimal digits.",
        remedy: "Take it from the card.")
    }
    return digest
  }
}

/// What the browser is asked with to make a passkey.
struct PasskeyOptionsHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    _ = try JSONBody(await body(), members: [])
    return try await answering {
      .json(try await Passkeys(access, party: request.party).registrationOptions(by: caller))
    }
  }
}

/// Keeps a passkey that the browser made.
struct PasskeyAddHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["name", "client_data", "attestation"])
    return try await answering {
      let key = try await Passkeys(access, party: request.party).register(
        body.text("name"), clientData: body.bytes("client_data"),
        attestation: body.bytes("attestation"), by: caller, via: "api")
      return .json(
        ["passkey": .string(Base64URL.encode(key.id)), "name": .string(key.name)],
        status: .created)
    }
  }
}

struct PasskeyRemoveHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let person = caller.person else {
      throw Problem.signInRequired
    }
    guard let id = Base64URL.decode(request.token) else { throw Problem.notFound }
    return try await answering {
      try await Passkeys(access, party: request.party).remove(
        id, of: person, by: caller, via: "api")
      return .json(["removed": .string(request.token)])
    }
  }
}

/// What the browser is asked with to approve one digest with a passkey.
struct StepUpOptionsHandler: WritingHandler {
  private let access: AccessContext

  init(_ ports: WritePorts) { access = ports.access }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    let body = try JSONBody(await body(), members: ["action_digest"])
    let action = try body.digest("action_digest")
    return try await answering {
      .json(
        try await Passkeys(access, party: request.party).approvalOptions(for: action, by: caller))
    }
  }
}

extension WebRequest {
  /// Passkeys are bound to the name under which the page was opened, which the listener has checked.
  var party: RelyingParty {
    let scheme = origin.isSecure == true ? "https" : "http"
    let name = host.lowercased()
    let id = name.split(separator: ":").first.map(String.init) ?? name
    return RelyingParty(id: id, origin: "\(scheme)://\(name)")
  }
}
