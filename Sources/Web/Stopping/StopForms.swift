import ActionProtocol
import Decisions
import Engine

/// How it stands with emergency stops, for a browser.
struct StopPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { StopDeed(rawValue: $0) }
    return .page(try await desk.stopPage(request, notice: done?.notice))
  }
}

/// What a form about stops did.
enum StopDeed: String {
  case stopped, resumed

  var notice: String {
    switch self {
    case .stopped: "Stopped. Below stands who has acknowledged it."
    case .resumed: "It goes on where it stood."
    }
  }
}

extension DeskViews {
  func stopPage(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let (frame, now) = try await frame(request)
    let reports = try await EmergencyStop(engine).standing(frame.org)
    return StopPage(
      frame: frame, reports: reports, now: now, problem: problem, notice: notice
    ).page
  }
}

/// Does what its form says, or shows the page again with why not.
protocol StoppingForm: WritingHandler {
  var ports: WritePorts { get }
  func act(_ request: WebRequest, _ fields: FormFields, _ reach: StopReach) async throws -> StopDeed
}

extension StoppingForm {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    // A program is told so before anything is done.
    let frame = try await ports.desk.frame(request).frame
    let fields = FormFields(try await body())
    do {
      guard let reach = StopReach(rawValue: fields["reach"]) else {
        throw Problem.value("reach", "everything or organisation")
      }
      let deed = try await act(request, fields, reach)
      return .seeOther(frame.path("/stop", [("done", deed.rawValue)]))
    } catch let error as DecisionError {
      return try await refused(Problem(error), request)
    } catch let error as AccessError {
      return try await refused(Problem(error), request)
    } catch let problem as Problem {
      return try await refused(problem, request)
    }
  }

  private func refused(_ problem: Problem, _ request: WebRequest) async throws -> WebAnswer {
    .page(try await ports.desk.stopPage(request, problem: problem), status: problem.status)
  }
}

struct StopForm: StoppingForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ request: WebRequest, _ fields: FormFields, _ reach: StopReach
  ) async throws -> StopDeed {
    _ = try await StopService(ports).stop(request, reach, reason: fields["reason"], via: "web")
    return .stopped
  }
}

struct ResumeForm: StoppingForm {
  let ports: WritePorts

  init(_ ports: WritePorts) { self.ports = ports }

  func act(
    _ request: WebRequest, _ fields: FormFields, _ reach: StopReach
  ) async throws -> StopDeed {
    let reason = fields["reason"].isEmpty ? nil : fields["reason"]
    _ = try await StopService(ports).resume(request, reach, reason: reason, via: "web")
    return .resumed
  }
}
