import CPostgres

/// Remembers that the server warned. Lives on its connection's thread.
final class NoticeLog {
  private(set) var warnings = 0

  /// From now on the connection's notices come here instead of to standard error.
  func attach(to connection: OpaquePointer) {
    let place = Unmanaged.passUnretained(self).toOpaque()
    PQsetNoticeReceiver(
      connection,
      { place, result in
        guard let place, let result else { return }
        Unmanaged<NoticeLog>.fromOpaque(place).takeUnretainedValue().note(result)
      }, place)
  }

  private func note(_ result: OpaquePointer) {
    // PG_DIAG_SEVERITY_NONLOCALIZED
    let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))).map { String(cString: $0) }
    if severity == "WARNING" { warnings += 1 }
  }
}
