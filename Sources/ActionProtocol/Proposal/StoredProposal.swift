/// A proposal with the canonical document that it was read from or is kept as.
///
/// Digests are taken over the document's own bytes: what was approved, byte for byte, is what is
/// hashed, and nothing has to be written again.
public struct StoredProposal: Sendable {
  /// The content.
  public let proposal: Proposal
  /// The canonical JSON of the content.
  public let bytes: [UInt8]
  /// Where the value of each member stands in `bytes`.
  private let outline: JSONOutline

  /// The document of a proposal that was built in memory.
  public init(_ proposal: Proposal) {
    let (bytes, outline) = CanonicalJSON.encodeOutlined(proposal.jsonObject)
    self.init(proposal, bytes, outline)
  }

  private init(_ proposal: Proposal, _ bytes: [UInt8], _ outline: JSONOutline) {
    self.proposal = proposal
    self.bytes = bytes
    self.outline = outline
  }

  /// Reads a stored document, and checks it as every proposal is checked.
  ///
  /// - Parameter bytes: a proposal's canonical JSON. Another form is read too and has other digests.
  /// - Returns: the proposal with its document, or every issue found.
  public static func read(_ bytes: [UInt8]) -> Result<StoredProposal, ProtocolIssues> {
    let (document, outline) = JSONReader.readOutlined(bytes)
    return document.flatMap { ProposalReader.read($0) }.map { StoredProposal($0, bytes, outline) }
  }

  /// A member as it stands in the document; nil where the document leaves it out.
  func part(_ key: String) -> CanonicalJSON.Part? {
    outline.first { $0.key.hasSameBytes(as: key) }.map { .canonical(bytes[$0.value]) }
  }
}
