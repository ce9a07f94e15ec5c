import ActionProtocol
import Foundation
import Glibc
import Spawning
import Synchronization

/// `aiom serve` in a process of its own, which can be killed and started again on its port.
final class BenchServer: Sendable {
  private struct State {
    var process: ChildProcess
    var kills = 0
  }

  /// Of the public listener.
  let port: Int
  /// Of the private one; nil where it is off.
  let privatePort: Int?
  private let home: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - database: a PostgreSQL's URL; nil: the file in `home`.
  ///   - showsPages: whether the private listener is on.
  init(home: String, database: String? = nil, showsPages: Bool = false) throws {
    let (process, port, own) = try Self.start(
      home, port: 0, database: database, showsPages: showsPages)
    self.port = port
    privatePort = own
    self.home = home
    state = Mutex(State(process: process))
  }

  var kills: Int { state.withLock(\.kills) }

  /// As a power cut would; the clients notice and try again.
  func killAndRestart() {
    state.withLock { state in
      state.process.kill()
      state.process.waitUntilExit()
      state.kills += 1
      while true {
        // What the killed one left may still hold the port. Without a server the clients wait too, so
        // there is nothing to do but to try again; the operator sees the benchmark stand still.
        guard let (process, _, _) = try? Self.start(home, port: port) else {
          usleep(20_000)
          continue
        }
        state.process = process
        return
      }
    }
  }

  func stop() {
    state.withLock { state in
      state.process.terminate()
      state.process.waitUntilExit()
    }
  }

  private static func start(
    _ home: String, port: Int, database: String? = nil, showsPages: Bool = false
  ) throws -> (ChildProcess, Int, Int?) {
    let place = database.map { DatabasePlace.isServer($0) ? ["DATABASE_URL": $0] : ["AIOM_DB": $0] }
    let (process, output) = try BenchPlace.child(
      [
        "serve", "--json", "--home", home, "--listen", showsPages ? "127.0.0.1:0" : "off",
        "--public-listen", "127.0.0.1:\(port)",
      ], ["AIOM_LOG_LEVEL": "error"].merging(place ?? [:]) { own, _ in own }, in: home)
    guard let bound = try announcedPorts(output.fileHandleForReading) else {
      process.terminate()
      process.waitUntilExit()
      throw Failure(
        .internalError, "bench.server", "The server did not start.",
        remedy: "Try it by hand: aiom serve --listen off.")
    }
    return (process, bound.open, bound.own)
  }

  /// The announcement ends with a closing brace at the beginning of a line.
  private static func announcedPorts(_ handle: FileHandle) throws -> (open: Int, own: Int?)? {
    var bytes: [UInt8] = []
    while let data = try handle.read(upToCount: 1), !data.isEmpty {
      bytes += data
      if bytes.suffix(2) == Array("\n}".utf8) { break }
    }
    guard case .success(.object(let object)) = JSONReader.read(bytes),
      case .object(let places)? = object["listening"],
      let open = places["public"]?.stringValue.flatMap({ URL(string: $0)?.port })
    else { return nil }
    return (open, places["private"]?.stringValue.flatMap { URL(string: $0)?.port })
  }
}
