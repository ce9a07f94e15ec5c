import CSpawn
import Foundation
import Glibc

/// How `posix_spawn` sets a child up: no signal blocked, each answered by default.
final class SpawnAttributes {
  var value = posix_spawnattr_t()

  init(_ program: String) throws {
    try check(posix_spawnattr_init(&value), program)
    var signals = sigset_t()
    sigemptyset(&signals)
    try check(posix_spawnattr_setsigmask(&value, &signals), program)
    sigfillset(&signals)
    try check(posix_spawnattr_setsigdefault(&value, &signals), program)
    let flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    try check(posix_spawnattr_setflags(&value, flags), program)
  }

  deinit { posix_spawnattr_destroy(&value) }
}

/// What `posix_spawn` does in the child before the program begins.
final class SpawnActions {
  var value = posix_spawn_file_actions_t()

  init(_ program: String, _ directory: String?, _ streams: [ChildProcess.Stream]) throws {
    try check(posix_spawn_file_actions_init(&value), program)
    if let directory {
      try check(posix_spawn_file_actions_addchdir_np(&value, directory), program)
    }
    for (number, stream) in streams.enumerated() {
      switch stream {
      case .inherited: continue
      case .nothing:
        let mode = number == STDIN_FILENO ? O_RDONLY : O_WRONLY
        try check(
          posix_spawn_file_actions_addopen(&value, Int32(number), "/dev/null", mode, 0), program)
      case .file(let handle): try connect(handle, number, program)
      case .pipe(let pipe): try connect(pipe.childsEnd(number), number, program)
      }
    }
    try check(posix_spawn_file_actions_addclosefrom_np(&value, 3), program)
  }

  deinit { posix_spawn_file_actions_destroy(&value) }

  private func connect(_ handle: FileHandle, _ number: Int, _ program: String) throws {
    try check(
      posix_spawn_file_actions_adddup2(&value, handle.fileDescriptor, Int32(number)), program)
  }
}

private func check(_ code: Int32, _ program: String) throws {
  guard code == 0 else { throw ChildProcess.NotStarted(program: program, code: code) }
}

extension ChildProcess.Stream {
  /// Closes the caller's copy of what only the child uses.
  func closeChildsEnd(_ number: Int) throws {
    if case .pipe(let pipe) = self { try pipe.childsEnd(number).close() }
  }
}

extension Pipe {
  fileprivate func childsEnd(_ number: Int) -> FileHandle {
    number == Int(STDIN_FILENO) ? fileHandleForReading : fileHandleForWriting
  }
}
