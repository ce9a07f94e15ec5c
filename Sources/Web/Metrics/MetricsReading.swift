/// What a process counts, as text for whoever watches it. Changes nothing.
public protocol MetricsReading: Sendable {
  /// The media type of the text.
  var mediaType: String { get }
  func text() async -> String
}
