/// How much a client may ask of a listener, and for how long.
///
/// Every wait of a connection has an end, so nobody can hold one by sending or reading slowly.
public struct WebLimits: Sendable {
  /// From the first byte of a request, or from the connection's beginning with its TLS handshake, to
  /// the end of the request's head.
  public var head: Duration
  /// From the head to the last byte of the body, however steadily it drips.
  public var body: Duration
  /// From the request's last byte to the answer's. The work itself is not cut: what it writes is
  /// written.
  public var answer: Duration
  /// Between two parts of an answer that goes on, each taken by the client.
  public var flow: Duration
  /// Between two requests on one connection.
  public var idle: Duration
  /// How long a closing connection listens on, so that a client that is still sending can read the
  /// answer.
  public var linger: Duration
  /// Bytes of a request line and all fields, and of one field.
  public var headBytes: Int
  public var fieldBytes: Int
  public var fields: Int
  /// Bytes of the largest body that any route takes; a route may take less.
  public var bodyBytes: Int
  /// Connections at a time; more wait in the system's queue.
  public var connections: Int

  public init(
    head: Duration = .seconds(10), body: Duration = .seconds(15), answer: Duration = .seconds(30),
    flow: Duration = .seconds(45), idle: Duration = .seconds(75), linger: Duration = .seconds(2),
    headBytes: Int = 16_384,
    fieldBytes: Int = 8192, fields: Int = 64, bodyBytes: Int = 262_144, connections: Int = 512
  ) {
    self.head = head
    self.body = body
    self.answer = answer
    self.flow = flow
    self.idle = idle
    self.linger = linger
    self.headBytes = headBytes
    self.fieldBytes = fieldBytes
    self.fields = fields
    self.bodyBytes = bodyBytes
    self.connections = connections
  }
}
