import ActionProtocol
import Foundation

/// A file named on the command line, or standard input as `-`.
enum InputFile {
  /// The bytes, at most `limit`.
  static func bytes(_ path: String, limit: Int = JSONReader.defaultByteLimit) throws -> [UInt8] {
    let handle = try Self.handle(path)
    do {
      let data = try handle.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else {
        throw Failure(
          .refused, "file.too_large", "\(name(path)) has more than \(limit) bytes.",
          remedy: "Give a shorter file.")
      }
      return Array(data)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw unreadable(path)
    }
  }

  /// The text, which must be UTF-8.
  static func text(_ path: String) throws -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw Failure(
        .refused, "file.not_utf8", "\(name(path)) is not UTF-8 text.",
        remedy: "Save the file as UTF-8.")
    }
    return text
  }

  /// The file opened for reading from its beginning.
  static func handle(_ path: String) throws -> FileHandle {
    try path == "-" ? FileHandle.standardInput : open(path)
  }

  /// The name in messages.
  static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

  private static func open(_ path: String) throws -> FileHandle {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure(
        .refused, "file.not_found", "There is no file \(path).", remedy: "Check the path.")
    }
    guard !isDirectory.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw unreadable(path)
    }
    return handle
  }

  static func unreadable(_ path: String) -> Failure {
    Failure(
      .refused, "file.unreadable", "\(name(path)) cannot be read.",
      remedy: "Check that it is a file and that you may read it.")
  }
}
