import ActionProtocol
import Decisions
import Engine

/// What proves beyond a session or a token who decides: a one-time code, or a passkey's answer whose
/// challenge holds the digest.
struct StepUpProof {
  let access: AccessContext
  let party: RelyingParty
  let caller: Principal
  let digest: Digest

  /// The proof in a page's form; nil where none was given.
  func of(_ form: FormFields) async throws -> StepUpEvidence? {
    if !form["credential"].isEmpty {
      func bytes(_ name: String) throws -> [UInt8] {
        guard let bytes = Base64URL.decode(form[name]) else {
          throw Problem.value(name, "base64url without padding, as the page's script sends it")
        }
        return bytes
      }
      return try await prove(bytes, via: "web")
    }
    return try await code(form["code"], via: "web")
  }

  /// The members `code` and `passkey` of a program's body; nil where neither is there.
  func of(_ body: JSONBody) async throws -> StepUpEvidence? {
    let members: Set = ["credential", "client_data", "authenticator_data", "signature"]
    if let answer = try body.optionalObject("passkey", members: members) {
      return try await prove({ try answer.bytes($0) }, via: "api")
    }
    return try await code(body.optionalText("code") ?? "", via: "api")
  }

  private func prove(
    _ bytes: (String) throws -> [UInt8], via: String
  ) async throws -> StepUpEvidence {
    let assertion = PasskeyAssertion(
      credential: try bytes("credential"), clientData: try bytes("client_data"),
      authenticatorData: try bytes("authenticator_data"), signature: try bytes("signature"))
    return try await Passkeys(access, party: party).prove(
      assertion, for: digest, by: caller, via: via)
  }

  private func code(_ code: String, via: String) async throws -> StepUpEvidence? {
    guard !code.isEmpty else { return nil }
    return try await CodeSetup(access).prove(code, for: digest, by: caller, via: via)
  }
}
