import Foundation
import Glibc
import Synchronization

/// Another program, running from `init` to its end.
///
/// Foundation's `Process` is not used: before each start it reads 256 bytes at every name in
/// /proc/self/fd, past the end of what `readdir` returned and now and then past the end of the heap
/// (`findMaximumOpenFromProcSelfFD` of Swift 6.3 on Linux; AddressSanitizer shows it at once).
///
/// The child has nothing open but its three streams, blocks no signal and answers each by default,
/// and stays in the caller's process group, so that Ctrl-C reaches both.
public final class ChildProcess: Sendable {
  /// Where one of the three standard streams goes.
  public enum Stream: Sendable {
    /// Where the caller's goes.
    case inherited
    /// /dev/null
    case nothing
    case file(FileHandle)
    /// The other end is the caller's. The child's end is closed here, so that reading comes to an end
    /// with the child.
    case pipe(Pipe)
  }

  /// A program that could not be started.
  public struct NotStarted: Error, CustomStringConvertible {
    public let program: String
    /// POSIX `errno`.
    public let code: Int32

    public var description: String { "cannot start \(program): \(String(cString: strerror(code)))" }
  }

  public let processIdentifier: Int32
  private let state: Mutex<State>

  private struct State {
    /// The exit code, or the number of the signal that ended it.
    var status: Int32?
    var waiting: [@Sendable (Int32) -> Void] = []
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: its path; the search path is not looked through.
  ///   - arguments: without the program's own name.
  ///   - environment: all of it; nil for the caller's.
  ///   - directory: its current directory; nil for the caller's.
  /// - Throws: ``NotStarted``.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    directory: String? = nil, input: Stream = .inherited, output: Stream = .inherited,
    errors: Stream = .inherited
  ) throws {
    let streams = [input, output, errors]
    let attributes = try SpawnAttributes(program)
    let actions = try SpawnActions(program, directory, streams)
    let environment = environment ?? ProcessInfo.processInfo.environment
    var child: pid_t = 0
    let code = Self.withPointers([program] + arguments) { arguments in
      Self.withPointers(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&child, program, &actions.value, &attributes.value, arguments, environment)
      }
    }
    guard code == 0 else { throw NotStarted(program: program, code: code) }
    for (number, stream) in streams.enumerated() { try stream.closeChildsEnd(number) }
    processIdentifier = child
    state = Mutex(State())
    let thread = Thread { self.attend() }
    thread.name = "aiom.child"
    thread.start()
  }

  public var isRunning: Bool { state.withLock { $0.status == nil } }

  /// Asks it to end (SIGTERM).
  public func terminate() { send(SIGTERM) }

  /// Ends it as a power cut would (SIGKILL).
  public func kill() { send(SIGKILL) }

  /// Sends a signal, unless it has ended: its number may be somebody else's by then.
  public func send(_ signal: Int32) {
    state.withLock { state in
      if state.status == nil { _ = Glibc.kill(processIdentifier, signal) }
    }
  }

  /// Blocks the thread until the child has ended.
  /// - Returns: the exit code, or the number of the signal that ended it.
  @discardableResult
  public func waitUntilExit() -> Int32 {
    let ended = DispatchSemaphore(value: 0)
    onExit { _ in ended.signal() }
    ended.wait()
    return state.withLock { $0.status ?? 0 }
  }

  /// Waits for the end without blocking a thread.
  /// - Returns: the exit code, or the number of the signal that ended it.
  @discardableResult
  public func exit() async -> Int32 {
    await withCheckedContinuation { continuation in
      onExit { continuation.resume(returning: $0) }
    }
  }

  private func onExit(_ body: @escaping @Sendable (Int32) -> Void) {
    let status = state.withLock { state -> Int32? in
      if state.status == nil { state.waiting.append(body) }
      return state.status
    }
    if let status { body(status) }
  }

  /// The thread that waits for the end.
  private func attend() {
    var information = siginfo_t()
    // The number stays the child's until it is collected, under the lock that signals are sent in.
    while waitid(P_PID, id_t(processIdentifier), &information, WEXITED | WNOWAIT) != 0,
      errno == EINTR
    {}
    let (status, waiting) = state.withLock { state in
      var raw: Int32 = 0
      while waitpid(processIdentifier, &raw, 0) < 0, errno == EINTR {}
      let status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : raw & 0x7f
      state.status = status
      defer { state.waiting = [] }
      return (status, state.waiting)
    }
    for body in waiting { body(status) }
  }

  private static func withPointers<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
  }
}
