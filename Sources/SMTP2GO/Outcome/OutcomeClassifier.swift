import NIOCore

/// How one endpoint's successful answer is read.
struct AnswerReader<Value: Sendable>: Sendable {
  enum Verdict: Sendable {
    case accepted(Value)
    case acceptedInPart(Value, refused: [String])
    /// Nothing was taken; the provider's texts.
    case refused([String])
    /// Success without its proof.
    case incomplete
  }

  /// Reads `data` of an answer that reports no error.
  let read: @Sendable (JSON) -> Verdict
  /// True where `data` proves that something was taken, whatever else it says.
  let proves: @Sendable (JSON) -> Bool
  /// What an empty body of status 200 means; nil where it proves nothing.
  let empty: Value?
  /// True where the answer may be a list without its frame, as one page of the contract has it.
  let takesBareList: Bool

  init(
    read: @escaping @Sendable (JSON) -> Verdict, proves: @escaping @Sendable (JSON) -> Bool,
    empty: Value? = nil, takesBareList: Bool = false
  ) {
    self.read = read
    self.proves = proves
    self.empty = empty
    self.takesBareList = takesBareList
  }

  /// A reader of answers that take nothing: nil is an answer without its content.
  init(reading: @escaping @Sendable (JSON) -> Value?, takesBareList: Bool = false) {
    self.init(
      read: { data in reading(data).map { .accepted($0) } ?? .incomplete }, proves: { _ in false },
      takesBareList: takesBareList)
  }
}

/// The one place where outcomes are decided: by the body first, then by the status.
enum OutcomeClassifier {
  struct Verdict<Value: Sendable> {
    let outcome: Outcome<Value>
    let requestID: String?
  }

  static func classify<Value: Sendable>(
    _ exchange: Exchange, reader: AnswerReader<Value>
  ) -> Verdict<Value> {
    switch exchange {
    case .notHandedOver(let reason): Verdict(outcome: .notSent(reason), requestID: nil)
    case .lost(let reason): Verdict(outcome: .unknown(reason), requestID: nil)
    case .answered(let answer): classify(answer, reader: reader)
    }
  }

  /// One element of an answer that lists an outcome for each message.
  static func element(_ data: JSON) -> Outcome<EmailReceipt> {
    guard let envelope = Envelope(element: data) else { return .unknown(.answerIncomplete) }
    return outcome(
      envelope, Answer(status: 200, retryAfter: nil, body: ByteBuffer()), .email)
  }

  private static func classify<Value: Sendable>(
    _ answer: Answer, reader: AnswerReader<Value>
  ) -> Verdict<Value> {
    if answer.status == 200, answer.body.readableBytes == 0, let value = reader.empty {
      return Verdict(outcome: .accepted(value), requestID: nil)
    }
    guard let envelope = Envelope(answer.body, takesBareList: reader.takesBareList) else {
      return Verdict(outcome: withoutProblem(answer, ok: .answerUnreadable), requestID: nil)
    }
    return Verdict(outcome: outcome(envelope, answer, reader), requestID: envelope.requestID)
  }

  private static func outcome<Value: Sendable>(
    _ envelope: Envelope, _ answer: Answer, _ reader: AnswerReader<Value>
  ) -> Outcome<Value> {
    if let problem = envelope.problem {
      if reader.proves(envelope.data) { return .unknown(.answerContradictory) }
      return refusal(problem, answer)
    }
    guard answer.status == 200 else {
      if reader.proves(envelope.data) { return .unknown(.answerContradictory) }
      return withoutProblem(answer, ok: .statusUnexpected)
    }
    switch reader.read(envelope.data) {
    case .accepted(let value): return .accepted(value)
    case .acceptedInPart(let value, let refused): return .acceptedInPart(value, refused: refused)
    case .incomplete: return .unknown(.answerIncomplete)
    case .refused(let texts):
      return refusal(
        Refusal(code: "FAILURES", message: texts.joined(separator: "; ")), answer)
    }
  }

  /// An error that can be read, with nothing taken.
  private static func refusal<Value: Sendable>(
    _ problem: Refusal, _ answer: Answer
  ) -> Outcome<Value> {
    var problem = problem
    if problem.code.isEmpty { problem.code = "HTTP_\(answer.status)" }
    if let concern = ProviderText.concern(problem, status: answer.status) {
      problem.concern = concern
      return .configuration(problem)
    }
    if answer.status == 429 || ProviderText.isThrottle(problem) {
      return .throttled(retryAfter: answer.retryAfter)
    }
    let isFinal = answer.status == 200 || (400..<500).contains(answer.status)
    return isFinal ? .refused(problem) : withoutProblem(answer, ok: .statusUnexpected)
  }

  /// No error that can be read: the status alone, which proves nothing but throttling.
  private static func withoutProblem<Value: Sendable>(
    _ answer: Answer, ok: UnknownReason
  ) -> Outcome<Value> {
    switch answer.status {
    case 429: .throttled(retryAfter: answer.retryAfter)
    case 200..<300: .unknown(ok)
    case 300..<400: .unknown(.redirect)
    case 400..<500: .unknown(.clientErrorUnreadable)
    case 500..<600: .unknown(.serverError)
    default: .unknown(.statusUnexpected)
    }
  }
}
