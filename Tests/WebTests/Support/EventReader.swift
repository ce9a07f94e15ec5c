import Foundation

@testable import Web

/// An event as it came over the wire.
struct ReceivedEvent: Hashable, Sendable {
  var name = ""
  var id = ""
  var data = ""
}

/// Reads server-sent events from a connection, one at a time.
final class EventReader {
  private let connection: RawConnection
  private var bytes: [UInt8] = []
  private(set) var head = ""

  init(_ connection: RawConnection) { self.connection = connection }

  /// Opens a stream.
  static func open(
    _ place: RunningListener.Place, _ path: String, _ fields: [String]
  ) async throws -> EventReader {
    let connection = try place.connect()
    connection.send(
      RunningListener.Place.request("GET \(path)", fields + ["Accept: text/event-stream"]))
    let reader = EventReader(connection)
    reader.head = await reader.until("\r\n\r\n") ?? ""
    return reader
  }

  var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }

  /// The next event; nil when the stream ends.
  func next() async -> ReceivedEvent? {
    while let block = await until("\n\n") {
      // The size of a chunk stands on lines of its own.
      let lines = block.replacing("\r\n", with: "\n").components(separatedBy: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      var event = ReceivedEvent()
      for line in lines {
        if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
        if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
        if line.hasPrefix("data: ") { event.data = String(line.dropFirst(6)) }
      }
      if !event.name.isEmpty { return event }
    }
    return nil
  }

  /// Everything until the server ends it.
  func rest() async -> String {
    let held = String(decoding: bytes, as: UTF8.self)
    return await held + connection.readToEnd()
  }

  private func until(_ end: String) async -> String? {
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let place = text.range(of: end) {
        bytes = Array(text[place.upperBound...].utf8)
        return String(text[..<place.lowerBound])
      }
      guard let more = await connection.readSome() else { return nil }
      bytes += more
    }
  }
}
