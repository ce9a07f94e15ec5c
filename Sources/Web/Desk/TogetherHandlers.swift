import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Shows what was chosen in the inbox; changes nothing.
struct TogetherPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let (frame, now) = try await desk.frame(request)
    let named = FormFields(Array(request.query.utf8)).all("id")
    do {
      let ids = try named.map { name in
        guard let id = ActionID(rawValue: name) else { throw Problem.noAction }
        return id
      }
      return .page(TogetherPages.review(frame, try await desk.review(frame.org, ids), shown: now))
    } catch let error as DecisionError {
      let problem = Problem(error)
      return .page(TogetherPages.refused(frame, problem), status: problem.status)
    }
  }
}

/// Approves what was looked at.
struct TogetherForm: WritingHandler {
  private let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller, let org = request.org else { throw Problem.signInRequired }
    let (frame, now) = try await ports.desk.frame(request)
    let fields = FormFields(try await body())
    do {
      let choices = try fields.all("choice").map(Self.choice)
      let shown = Int64(fields["shown"]).map { now.duration(since: Instant(milliseconds: $0)) }
      let results = try await BulkApproval(ports.engine).approve(
        org, choices,
        considered: shown.flatMap { $0 >= .zero && $0 < .seconds(86_400) ? $0 : nil },
        by: caller.author, via: "web")
      let after = try await ports.desk.frame(request).frame
      return .page(TogetherPages.results(after, results))
    } catch let error as DecisionError {
      let problem = Problem(error)
      return .page(TogetherPages.refused(frame, problem), status: problem.status)
    }
  }

  private static func choice(_ text: String) throws(Problem) -> BulkChoice {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = ActionID(rawValue: String(parts[0])),
      let digest = Digest(hex: String(parts[1]))
    else { throw Problem.value("choice", "an action with the digest of its card") }
    return BulkChoice(id: id, digest: digest)
  }
}
