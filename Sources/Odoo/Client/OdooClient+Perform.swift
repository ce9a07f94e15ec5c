import NIOCore

extension OdooClient {
  /// Makes a call and reports it once, however many attempts it takes.
  func perform(_ call: OdooCall) async throws(OdooError) -> OdooJSON {
    let facts = try await server()
    return try await reported(call.model.text, call.method, call.effect) {
      (report: inout CallReport) throws(Fault) -> OdooJSON in
      guard call.arguments.allSatisfy(\.value.isWritable) else {
        throw Fault(.requestInvalid, detail: "number_not_finite", nothingWasDone: true)
      }
      return try await attempts(call.effect, &report) {
        (report: inout CallReport) throws(Fault) -> OdooJSON in
        let id = numbers.next()
        let request = call.request(
          facts.wire, user: facts.userID, configuration: configuration, id: id,
          context: configuration.context)
        let answer = try await send(request, call.effect, &report)
        let caller = facts.wire == .jsonRPC ? facts.userID : nil
        return try AnswerReader.read(answer, facts.wire, id: id, caller: caller)
      }
    }
  }

  /// Sends one request, unless the credentials were refused before.
  func send(
    _ request: WireRequest, _ effect: CallEffect, _ report: inout CallReport
  ) async throws(Fault) -> Answer {
    guard lock.mayCall else { throw Fault(.credentialsHeldBack, nothingWasDone: true) }
    report.attempts += 1
    report.bytesSent += request.body?.readableBytes ?? 0
    let deadline = effect == .read ? configuration.readDeadline : configuration.writeDeadline
    let leave = effect == .write ? leave : nil
    let answer: Answer
    do throws(Fault) {
      answer = try await transport.send(
        request, deadline: deadline, effect: effect, leave: leave?.handover)
    } catch {
      guard error.kind == .notSent, leave?.isRefused == true else { throw error }
      throw Fault(.notSent, detail: Fault.heldBack, nothingWasDone: true)
    }
    report.status = answer.status
    report.bytesReceived += answer.body.readableBytes
    return answer
  }

  /// Repeats what may be repeated, with back-off.
  func attempts(
    _ effect: CallEffect, _ report: inout CallReport,
    _ attempt: (inout CallReport) async throws(Fault) -> OdooJSON
  ) async throws(Fault) -> OdooJSON {
    var backoff = Backoff()
    while true {
      do throws(Fault) {
        return try await attempt(&report)
      } catch {
        if error.kind == .credentialsRefused { lock.shut() }
        guard case .later(let delay) = error.retry(effect),
          report.attempts < configuration.attempts,
          let pause = backoff.next(atLeast: delay),
          (try? await configuration.pause(pause)) != nil
        else { throw error }
      }
    }
  }

  /// Runs a call, logs and counts it, and names its fault.
  func reported<Value>(
    _ model: String?, _ method: String, _ effect: CallEffect,
    _ body: (inout CallReport) async throws(Fault) -> Value
  ) async throws(OdooError) -> Value {
    let started = ContinuousClock.now
    var report = CallReport(model: model, method: method)
    do throws(Fault) {
      let value = try await body(&report)
      observer.record(report, ContinuousClock.now - started, error: nil)
      return value
    } catch {
      let error = OdooError(error, model: model, method: method, effect: effect)
      observer.record(report, ContinuousClock.now - started, error: error)
      if error.kind == .fieldUnknown, let model = model.flatMap({ ModelName($0) }) {
        await fieldSets.forget(model)
      }
      throw error
    }
  }

  /// An answer of another shape than the call promises.
  func unexpected(_ call: OdooCall, _ detail: String? = nil) -> OdooError {
    refusal(.answerUnexpected, call, detail, nothingWasDone: false)
  }

  /// A fault that was found here.
  func refusal(
    _ kind: OdooError.Kind, _ call: OdooCall, _ detail: String?, nothingWasDone: Bool = true
  ) -> OdooError {
    let error = OdooError(
      Fault(kind, detail: detail, nothingWasDone: nothingWasDone), model: call.model.text,
      method: call.method, effect: call.effect)
    observer.record(
      CallReport(model: call.model.text, method: call.method), .zero, error: error)
    return error
  }
}

/// Full jitter over a doubling bound: 1, 2, 4 … at most 15 seconds.
struct Backoff {
  private var bound = 1.0

  /// The next wait; nil where the server asks for more than a call should wait.
  mutating func next(atLeast delay: Duration?) -> Duration? {
    defer { bound = min(bound * 2, 15) }
    let wait = Duration.seconds(Double.random(in: 0.1...bound))
    guard let delay else { return wait }
    return delay <= .seconds(15) ? max(delay, wait) : nil
  }
}
