import ActionProtocol

/// A caller's own word for one request, so that asking it again does nothing twice.
public struct ReplayKey: Hashable, Sendable {
  public var org: OrgID
  public var author: Author
  /// 1 to 200 visible ASCII characters.
  public var text: String

  public init(org: OrgID, author: Author, text: String) {
    self.org = org
    self.author = author
    self.text = text
  }
}

/// What was answered to a request.
public struct KeptAnswer: Hashable, Sendable {
  public var status: Int
  public var mediaType: String
  public var body: [UInt8]

  public init(status: Int, mediaType: String, body: [UInt8]) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
  }
}

/// A request that named a key.
public struct ReplayRecord: Hashable, Sendable {
  public var key: ReplayKey
  /// Of method, path and body.
  public var request: Digest
  /// Also the fence: who began it later ends it.
  public var begunAt: Instant
  /// Nil: it is still being answered, or nobody lived to answer it.
  public var answer: KeptAnswer?

  public init(key: ReplayKey, request: Digest, begunAt: Instant, answer: KeptAnswer? = nil) {
    self.key = key
    self.request = request
    self.begunAt = begunAt
    self.answer = answer
  }
}

/// Requests that named a key, inside a transaction: reading.
public protocol ReplayReading {
  func replay(_ key: ReplayKey) throws -> ReplayRecord?
}

/// Requests that named a key, inside a transaction: writing.
public protocol ReplayWriting {
  /// In place of an earlier one of the key.
  func begin(_ record: ReplayRecord) throws
  /// Nothing where somebody else has begun it anew.
  func keep(_ answer: KeptAnswer, of record: ReplayRecord) throws
  /// Nothing where somebody else has begun it anew.
  func forget(_ record: ReplayRecord) throws
  /// - Returns: how many were erased.
  func eraseReplays(_ org: OrgID, before: Instant, limit: Int) throws -> Int
}
