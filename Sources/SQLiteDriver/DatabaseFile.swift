import Foundation
import Glibc
import Store

/// What must be true of the file before a database is opened on it.
enum DatabaseFile {
  /// Creates the file with mode 0600 where it is missing and refuses network file systems.
  static func prepare(_ path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    try refuseNetwork(folder.isEmpty ? "." : folder)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError(
        code: "not_writable",
        detail: "cannot open the database file (\(String(cString: strerror(errno)))); "
          + "check the folder and its permissions")
    }
    close(descriptor)
  }

  /// File systems whose locks another machine does not see, or sees late.
  private static let networkKinds: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre",
    "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone",
  ]

  private static func refuseNetwork(_ folder: String) throws {
    guard let resolved = realpath(folder, nil) else {
      throw StoreError(
        code: "not_writable",
        detail: "the database's folder does not exist; create it or set AIOM_HOME")
    }
    defer { free(resolved) }
    guard let kind = fileSystem(of: String(cString: resolved)), networkKinds.contains(kind)
    else { return }
    throw StoreError(
      code: "network_file_system",
      detail: "the database must be on a local disk: network locks do not hold")
  }

  /// The kind of the file system that a folder is on: the mount with the longest matching path.
  private static func fileSystem(of folder: String) -> Substring? {
    guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else {
      return nil
    }
    var best: (length: Int, kind: Substring)?
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 2 else { continue }
      let place = String(fields[1])
      let isAbove = place == "/" || folder == place || folder.hasPrefix(place + "/")
      if isAbove, place.utf8.count >= best?.length ?? 0 { best = (place.utf8.count, fields[2]) }
    }
    return best?.kind
  }
}
