import ActionProtocol

/// The values that say who writes, shared by every message to somebody outside the company.
enum SenderValues {
  static func make(_ company: CompanyProfile) -> JSONObject {
    let lines = addressLines(company.postalAddress)
    return [
      "company_name": .string(company.name),
      "legal_name": .string(company.legalName),
      "has_address": .bool(!lines.isEmpty),
      "address_lines": .array(lines.map { .object(["line": .string($0)]) }),
    ]
  }

  /// One entry per line; blank lines are dropped.
  private static func addressLines(_ address: String?) -> [String] {
    (address ?? "").split(whereSeparator: \.isNewline)
      .map { $0.trimmingWhitespace() }
      .filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate func trimmingWhitespace() -> String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return String(self[start..<end])
  }
}
