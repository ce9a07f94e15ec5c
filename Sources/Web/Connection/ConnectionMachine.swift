/// The life of one connection: how long each part may take, and how it ends.
///
/// A value: the caller reports what happens on the wire and carries out what is returned.
struct ConnectionMachine: Sendable {
  /// What the connection waits for; each wait has its own limit.
  enum Wait: Hashable, Sendable {
    /// The head of a request, since its first byte or since the connection began.
    case head
    /// The body of a request whose head is there.
    case body
    /// Our answer.
    case answer
    /// The client, to take the next part of an answer that goes on.
    case flow
    /// The next request.
    case idle
    /// The client, to read the answer that ends the connection.
    case linger
  }

  enum Action: Hashable, Sendable {
    /// Start the clock of a wait anew, in place of any other.
    case wait(Wait)
    /// Send this answer in place of the application's.
    case answer(Problem)
    /// Send everything, end our side and let the client read it.
    case finish
    case close
  }

  /// How far a request has been read.
  private enum Reading: Hashable, Sendable {
    /// Nothing of it. Legal successors: head, body.
    case nothing
    /// Some bytes. Legal successors: body.
    case head
    /// Its head and so much of its body. Legal successors: nothing.
    case body(Int)
  }

  private let bodyBytes: Int
  private var reading = Reading.nothing
  /// Requests whose answer is not complete.
  private var unanswered = 0
  /// Whether an answer has begun and not ended.
  private var isAnswering = false
  /// Whether the client wants nothing after the request that came last.
  private var hasLastRequest = false
  /// Whether the connection ends with the answer under way.
  private var endsWithAnswer = false
  /// Whether the answer under way goes on until somebody ends it.
  private(set) var isStreaming = false
  private var hasServed = false
  /// Nothing is read or written any more.
  private(set) var isFinished = false
  private var wait = Wait.head

  init(bodyBytes: Int) {
    self.bodyBytes = bodyBytes
  }

  // MARK: What comes in

  /// The connection is there; with TLS, its handshake is yet to come.
  mutating func opened() -> [Action] { [.wait(.head)] }

  /// Bytes have arrived, of whatever.
  mutating func bytesArrived() -> [Action] {
    guard !isFinished, reading == .nothing else { return [] }
    reading = .head
    return moved()
  }

  /// - Parameters:
  ///   - announced: the body's size where the head says it.
  ///   - staysOpen: whether the client wants to send another request.
  mutating func head(announced: Int?, staysOpen: Bool) -> [Action] {
    guard !isFinished else { return [] }
    unanswered += 1
    reading = .body(0)
    if !staysOpen { hasLastRequest = true }
    if let announced, announced > bodyBytes { return refuse(.bodyTooLarge) }
    return moved()
  }

  mutating func body(bytes: Int) -> [Action] {
    guard !isFinished, case .body(let before) = reading else { return [] }
    reading = .body(before + bytes)
    return before + bytes > bodyBytes ? refuse(.bodyTooLarge) : []
  }

  mutating func end() -> [Action] {
    guard !isFinished else { return [] }
    reading = .nothing
    return moved()
  }

  /// What arrived is no HTTP, or too much of it.
  mutating func unreadable(isTooLarge: Bool) -> [Action] {
    isFinished ? [] : refuse(isTooLarge ? .headTooLarge : .badRequest)
  }

  // MARK: What goes out

  /// The answer under way goes on: from now on each of its parts has its own time.
  mutating func answerStreams() -> [Action] {
    guard !isFinished else { return [] }
    isStreaming = true
    return moved()
  }

  /// The client took a part of it.
  mutating func answerFlowed() -> [Action] {
    isFinished || !isStreaming ? [] : moved(restarts: true)
  }

  /// - Parameter ends: whether the answer says that it is the last one.
  /// - Returns: whether the answer has to say so.
  mutating func answerBegins(ends: Bool) -> Bool {
    isAnswering = true
    // The last request's answer is the one after which none is due.
    if ends || (hasLastRequest && unanswered == 1) { endsWithAnswer = true }
    return endsWithAnswer
  }

  mutating func answerEnded() -> [Action] {
    guard !isFinished else { return [] }
    isAnswering = false
    isStreaming = false
    hasServed = true
    unanswered = max(0, unanswered - 1)
    if endsWithAnswer { return finish() }
    // Where another answer is due already, its time begins now.
    return moved(restarts: true)
  }

  /// Whether a body has begun and not ended: nobody may take it for a whole one.
  var isMidBody: Bool {
    if case .body = reading { true } else { false }
  }

  // MARK: Time

  /// The wait is over, and nothing came.
  mutating func ranOut() -> [Action] {
    if isFinished { return [.close] }
    switch wait {
    case .idle, .linger: return close()
    case .head: return reading == .nothing && !hasServed ? close() : refuse(.tooSlow)
    case .body: return unanswered > 0 ? refuse(.tooSlow) : close()
    case .flow: return close()
    case .answer: return refuse(.noAnswerInTime)
    }
  }

  // MARK: Steps

  /// Answers in the application's place and ends. Where the application's answer is half out, or
  /// another one is due before, nothing true can be said any more.
  private mutating func refuse(_ problem: Problem) -> [Action] {
    if isAnswering || unanswered > 1 { return close() }
    return [.answer(problem)] + finish()
  }

  private mutating func finish() -> [Action] {
    isFinished = true
    wait = .linger
    return [.finish, .wait(.linger)]
  }

  private mutating func close() -> [Action] {
    isFinished = true
    return [.close]
  }

  /// A step that may have begun another wait.
  private mutating func moved(restarts: Bool = false) -> [Action] {
    let next = nextWait
    defer { wait = next }
    return next == wait && !restarts ? [] : [.wait(next)]
  }

  private var nextWait: Wait {
    switch reading {
    case .body: .body
    case .nothing where isStreaming, .head where isStreaming: .flow
    case .nothing where unanswered > 0, .head where unanswered > 0: .answer
    case .head: .head
    case .nothing: hasServed ? .idle : .head
    }
  }
}
