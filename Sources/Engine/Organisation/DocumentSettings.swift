/// What of an invoice a reminder brings the customer, where the books outside offer it.
public struct DocumentSettings: Hashable, Sendable {
  /// Whether the customer's portal is linked.
  public var links = false
  /// Whether the invoice is attached as a PDF.
  public var files = false
  /// The largest file that is attached, in KiB.
  public var fileLimit = Self.standardLimit
  /// The hosts that a link may lead to; empty: that of the books' own address.
  public var hosts: [String] = []

  public static let standardLimit = 2048
  public static let limits = 1...10_240

  public init() {}

  public var isOff: Bool { !links && !files }
}
