import ActionProtocol
import Decisions
import Engine

/// What caps count. Each statement reads from an index the messages of one span, of which no more are
/// looked at than the cap allows: past the span, history costs nothing.
extension SQLTransaction {
  /// For each question what its caps have to know: each statement once for all questions, and an org's
  /// own messages once for all its questions.
  func counted(
    _ questions: [OutreachQuestion], _ families: [OrgPartner: [PartnerID]]
  ) throws -> [[CountedMessages]] {
    var asked = CapQuestions(now)
    for (index, question) in questions.enumerated() { asked.add(question, at: index, families) }
    var found = [[CountedMessages]](repeating: [], count: questions.count)
    for (statement, lines) in asked.lines.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var instants = [[Instant]](repeating: [], count: lines.count)
      try sql.forEach(statement.text, each: lines.map(\.arguments)) { place, row in
        instants[place].append(row.instant(0))
      }
      for group in Dictionary(grouping: lines.indices, by: { lines[$0].group }).values.sorted(
        by: { $0[0] < $1[0] })
      {
        let line = lines[group[0]]
        // Of a merged partner's parts each has its own list, all from rank 0.
        let merged = group.flatMap { instants[$0] }.sorted(by: >)
        let counted = CountedMessages(
          line.subject, line.span, address: line.address, firstRank: line.firstRank,
          instants: merged)
        for question in line.questions { found[question].append(counted) }
      }
    }
    return found
  }
}

private enum CapStatement: String, Hashable {
  case org, partner, recipient, domain

  var text: String {
    switch self {
    case .org:
      """
      SELECT at FROM outreach
      WHERE org_id = $1 AND channel = $2 AND delivery = $3 AND audience = $4 AND at > $5
        AND counts = 1 AND audience IS NOT NULL
      ORDER BY at DESC LIMIT $6 OFFSET $7
      """
    case .partner:
      """
      SELECT at FROM (
        SELECT at FROM outreach WHERE org_id = $1 AND partner_id = $2 AND channel = $3
          AND delivery = $4 AND at > $5 AND counts = 1 AND partner_id IS NOT NULL
        UNION ALL
        SELECT at FROM outreach_counters WHERE org_id = $1 AND counter = $6
          AND channel = $3 AND delivery = $4 AND at > $5 AND counts = 1) AS found
      ORDER BY at DESC LIMIT $7 OFFSET $8
      """
    case .recipient: Self.addresses("address")
    case .domain: Self.addresses("domain")
    }
  }

  private static func addresses(_ column: String) -> String {
    """
    SELECT at FROM outreach_addresses
    WHERE org_id = $1 AND \(column) = $2 AND channel = $3 AND delivery = $4 AND at > $5
      AND counts = 1
    ORDER BY at DESC LIMIT $6 OFFSET $7
    """
  }
}

/// The rows of arguments of each statement, each with whom its answer is for.
private struct CapQuestions {
  struct Line {
    let subject: OutreachCap.Subject
    let span: OutreachCap.Span
    var address: Digest?
    let firstRank: Int
    let arguments: [SQLValue]
    /// Lines of one group are one list.
    let group: Int
    var questions: [Int]
  }

  private(set) var lines: [CapStatement: [Line]] = [:]
  private let now: Instant
  private var groups = 0
  /// Where an org's own messages are asked for already.
  private var shared: [[SQLValue]: Int] = [:]

  init(_ now: Instant) { self.now = now }

  mutating func add(
    _ question: OutreachQuestion, at index: Int, _ families: [OrgPartner: [PartnerID]]
  ) {
    let org = SQLValue.text(question.org.rawValue)
    let channel: [SQLValue] = [.text(question.channel.rawValue), .text(question.delivery.rawValue)]
    for ranked in question.ranks[.org] ?? [] {
      addOrg(
        [org] + channel + [.text(question.audience.rawValue)] + window(ranked), ranked, index)
    }
    for ranked in question.ranks[.partner] ?? [] {
      for partner in question.partners {
        let family = families[OrgPartner(question.org, partner)] ?? [partner]
        groups += 1
        for member in family {
          let first = family.count == 1 ? ranked.ranks.lowerBound : 0
          let arguments =
            [org, .integer(member.rawValue)] + channel
            + [.instant(since(ranked)), .text(SQLTransaction.counter(member))]
            + [.integer(Int64(ranked.ranks.upperBound - first)), .integer(Int64(first))]
          append(.partner, .partner, ranked.span, nil, first, arguments, index)
        }
      }
    }
    addAddresses(.recipient, question.addresses, question, index, org, channel)
    addAddresses(.domain, question.cappedDomains, question, index, org, channel)
  }

  private mutating func addAddresses(
    _ subject: OutreachCap.Subject, _ digests: [Digest], _ question: OutreachQuestion,
    _ index: Int, _ org: SQLValue, _ channel: [SQLValue]
  ) {
    let statement: CapStatement = subject == .recipient ? .recipient : .domain
    for ranked in question.ranks[subject] ?? [] {
      for digest in digests {
        groups += 1
        append(
          statement, subject, ranked.span, digest, ranked.ranks.lowerBound,
          [org, .text(digest.hex)] + channel + window(ranked), index)
      }
    }
  }

  private mutating func addOrg(_ arguments: [SQLValue], _ ranked: RankedSpan, _ index: Int) {
    if let place = shared[arguments] {
      lines[.org]?[place].questions.append(index)
      return
    }
    groups += 1
    shared[arguments] = lines[.org]?.count ?? 0
    append(.org, .org, ranked.span, nil, ranked.ranks.lowerBound, arguments, index)
  }

  private mutating func append(
    _ statement: CapStatement, _ subject: OutreachCap.Subject, _ span: OutreachCap.Span,
    _ address: Digest?, _ firstRank: Int, _ arguments: [SQLValue], _ index: Int
  ) {
    lines[statement, default: []].append(
      Line(
        subject: subject, span: span, address: address, firstRank: firstRank,
        arguments: arguments, group: groups, questions: [index]))
  }

  private func since(_ ranked: RankedSpan) -> Instant {
    now.advanced(by: .zero - ranked.span.duration)
  }

  /// Since when, how many, and from which rank on.
  private func window(_ ranked: RankedSpan) -> [SQLValue] {
    [
      .instant(since(ranked)), .integer(Int64(ranked.ranks.count)),
      .integer(Int64(ranked.ranks.lowerBound)),
    ]
  }
}
