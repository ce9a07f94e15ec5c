/// What is known of a sender domain's DMARC policy.
public enum DMARCFinding: Hashable, Sendable {
  /// The record that receivers go by.
  /// - Parameter domain: where it stands: the sender's domain, or one above it.
  case record(DMARCRecord, domain: String)
  /// Neither the domain nor one above it has a record.
  case absent
  /// More than one record stands there, so receivers go by none.
  case several(domain: String)
  /// The one record there has no policy that can be read, so receivers go by none.
  case unreadable(domain: String)
  /// A name server did not answer for this domain: nothing can be said.
  case noAnswer(domain: String)
}

/// Finds the policy that receivers apply to mail from a domain.
///
/// First the record of the domain itself (RFC 7489 section 6.6.3). Where it has none, that of its
/// organisation. Which domain that is, RFC 7489 takes from a list of public suffixes; this does without
/// one and walks up the parents as its successor does (DMARCbis section 4.10): the record with the
/// fewest labels counts, or the one that says `psd=n`, and none above it; at most ``mostQuestions``
/// names are asked about. A record at a top-level domain counts only where it says `psd=y`.
public struct DMARCDiscovery: Sendable {
  private let lookup: TXTLookup

  /// How many names are asked about at most.
  public static let mostQuestions = 8

  public init(_ lookup: TXTLookup) { self.lookup = lookup }

  private enum Look {
    case one(DMARCRecord)
    case several
    case unreadable
    case nothing
    case failed
  }

  /// - Parameter domain: in ASCII, lower case.
  public func find(_ domain: String) async -> DMARCFinding {
    switch await look(domain) {
    case .one(let record): return .record(record, domain: domain)
    case .several: return .several(domain: domain)
    case .unreadable: return .unreadable(domain: domain)
    case .failed: return .noAnswer(domain: domain)
    case .nothing: return await above(domain)
    }
  }

  private func above(_ domain: String) async -> DMARCFinding {
    var best = DMARCFinding.absent
    var below = domain
    for parent in Self.parents(of: domain) {
      defer { below = parent }
      switch await look(parent) {
      case .one(let record):
        if record.isRegistry == true {
          // The organisation is the domain right below: its record, or else the registry's.
          if case .record(_, let domain) = best, domain == below { return best }
          return .record(record, domain: parent)
        }
        guard parent.contains(".") else { continue }
        best = .record(record, domain: parent)
        if record.isRegistry == false { return best }
      case .failed: return .noAnswer(domain: parent)
      case .several, .unreadable, .nothing: continue
      }
    }
    return best
  }

  /// From the nearest up to the top-level domain; of a long name, only those with seven labels and
  /// fewer.
  static func parents(of domain: String) -> [String] {
    let labels = domain.split(separator: ".")
    return (1..<max(labels.count, 1)).map { labels[$0...].joined(separator: ".") }
      .suffix(mostQuestions - 1).map { $0 }
  }

  private func look(_ domain: String) async -> Look {
    let texts: [String]
    switch await lookup.answer("_dmarc.\(domain)") {
    case .records(let found): texts = found
    case .absent: return .nothing
    case .failed: return .failed
    }
    var records: [DMARCRecord] = []
    var unreadable = 0
    for text in texts {
      do throws(DMARCRecord.Fault) {
        records.append(try DMARCRecord(text))
      } catch {
        unreadable += error == .noPolicy ? 1 : 0
      }
    }
    if records.count + unreadable > 1 { return .several }
    if unreadable > 0 { return .unreadable }
    return records.first.map { .one($0) } ?? .nothing
  }
}
