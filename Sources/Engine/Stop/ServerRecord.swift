/// What a database says of the server that it was used on last, to be compared with the server that it is
/// on now.
struct ServerRecord: Hashable {
  static let key = "server"

  var database: String
  var timeline: Int64
  var isConfirmed: Bool

  init(_ server: ServerIdentity) {
    database = server.database
    timeline = server.timeline
    isConfirmed = server.isConfirmed
  }

  /// - Returns: nil where the text is no record.
  init?(_ text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3, let timeline = Int64(parts[1]) else { return nil }
    database = String(parts[0])
    self.timeline = timeline
    isConfirmed = parts[2] == "confirmed"
  }

  var text: String { "\(database) \(timeline) \(isConfirmed ? "confirmed" : "unconfirmed")" }

  /// Why the database on this server cannot be taken for the one that was used last; nil where it can.
  ///
  /// A standby whose confirmation every commit waited for has them all: its promotion is no going back.
  /// Any other server that begins to take writes may lack the last of them.
  /// - Parameter isRemembered: whether this installation knows how far it was; only then can it tell
  ///   that nothing of its own is lacking.
  func finding(on server: ServerIdentity, isRemembered: Bool) -> EpochCheck.Finding? {
    if server.database != database { return .otherServer }
    if server.timeline == timeline { return nil }
    let isPromotion =
      server.timeline > timeline && isConfirmed && !server.isRecovered && isRemembered
    return isPromotion ? nil : .otherTimeline
  }
}
