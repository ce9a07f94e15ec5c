import Hummingbird
import HTTPTypes
import NIOCore

/// Reads the body of one request, within the route's limit.
struct BodyReader: Sendable {
  private let body: RequestBody
  private let announced: Int?
  private let limit: Int

  /// - Throws: ``Problem/bodyTooLarge`` when the head already says so.
  init(_ request: Request, limit: Int) throws(Problem) {
    body = request.body
    announced = request.headers[.contentLength].flatMap { Int($0) }
    self.limit = limit
    if let announced, announced > limit { throw .bodyTooLarge }
  }

  /// The whole body. INVARIANT: never a part of one, whatever happens to the connection.
  /// - Throws: ``Problem``.
  @Sendable func read() async throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = Array(try await body.collect(upTo: limit).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem.bodyTooLarge
    } catch {
      throw Problem.bodyCutOff
    }
    if let announced, announced != bytes.count { throw Problem.bodyCutOff }
    return bytes
  }
}
