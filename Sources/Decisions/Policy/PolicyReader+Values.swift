import ActionProtocol

extension PolicyReader {
  /// A word of lower-case letters, digits and hyphens that begins with a letter, 1 to 63 of them.
  mutating func slug(_ node: PolicyNode, _ path: String) -> String? {
    guard let text = scalar(node, path) else { return nil }
    let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte) }
    if (1...63).contains(text.utf8.count), let first = text.utf8.first, isLetter(first),
      text.utf8.allSatisfy({ isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    {
      return text
    }
    report(
      node, path, "value.slug", "\(place(path)) is no short name.",
      "Use lower-case letters, digits and hyphens, a letter first: small-first-reminder.")
    return nil
  }

  /// One line of text.
  mutating func line(_ node: PolicyNode, _ path: String, upTo limit: Int) -> String? {
    guard let text = scalar(node, path) else { return nil }
    let measure = text.unicodeScalars.count
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: false
      default: true
      }
    }
    if isPlain, (1...limit).contains(measure), text.contains(where: { !$0.isWhitespace }) {
      return text
    }
    report(
      node, path, "value.text", "\(place(path)) is not one line of 1 to \(limit) characters.",
      "Write it on one line, without control characters.")
    return nil
  }

  /// `true` or `false`; `yes` and `on` are words.
  mutating func flag(_ node: PolicyNode, _ path: String) -> Bool? {
    guard let text = scalar(node, path) else { return nil }
    if text == "true" { return true }
    if text == "false" { return false }
    report(
      node, path, "value.flag", "\(place(path)) is neither true nor false.",
      "Write true or false; yes, no, on and off are words here.")
    return nil
  }

  mutating func integer(
    _ node: PolicyNode, _ path: String, _ range: ClosedRange<Int64>
  ) -> Int64? {
    guard let text = scalar(node, path) else { return nil }
    if let number = Int64(text), String(number) == text, range.contains(number) { return number }
    report(
      node, path, "value.integer",
      "\(place(path)) is no whole number from \(range.lowerBound) to \(range.upperBound).",
      "Write digits alone, without leading zeros, signs or separators.")
    return nil
  }

  mutating func span(_ node: PolicyNode, _ path: String) -> PolicySpan? {
    guard let text = scalar(node, path) else { return nil }
    if let span = PolicySpan(text) { return span }
    report(
      node, path, "value.span", "\(place(path)) is no length of time.",
      "Write a whole number and a letter, at most 366 days: 90s, 10m, 4h, 7d.")
    return nil
  }

  mutating func money(_ node: PolicyNode, _ path: String) -> Money? {
    if case .map(let members) = node.content {
      let json = members.map { ($0.key, Self.json($0.value)) }
      if let money = Money(policyJSON: .object(JSONObject(json))), Self.isInRange(money) {
        return money
      }
    } else if case .scalar(let text, _) = node.content, let money = Money(policyText: text),
      Self.isInRange(money)
    {
      return money
    }
    report(
      node, path, "value.money", "\(place(path)) is no amount with its currency.",
      "Write it as \"50000.00 EUR\": a point, no thousands' separators, and a code of ISO 4217.")
    return nil
  }

  private static func isInRange(_ money: Money) -> Bool {
    money.minorUnits.magnitude <= UInt64(JSONReader.maximumInteger)
  }

  private static func json(_ node: PolicyNode) -> JSONValue {
    guard case .scalar(let text, let isQuoted) = node.content else { return .null }
    return isQuoted ? .string(text) : Int64(text).map { .integer($0) } ?? .string(text)
  }

  /// One of the words of a vocabulary.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: PolicyNode, _ path: String, as type: Word.Type = Word.self
  ) -> Word? where Word.RawValue == String {
    word(node, path, among: Word.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
  }

  mutating func word(_ node: PolicyNode, _ path: String, among words: [String]) -> String? {
    guard let text = scalar(node, path) else { return nil }
    if words.contains(text) { return text }
    let near = Spelling.nearest(to: text, among: words)
    report(
      node, path, "value.word", "\(shown(text)) is not known as \(place(path)).",
      near.map { "Did you mean \($0)?" } ?? "Known are \(words.joined(separator: ", ")).")
    return nil
  }

  mutating func role(_ node: PolicyNode, _ path: String) -> String? {
    guard let role = slug(node, path) else { return nil }
    if role != "viewer" { return role }
    report(
      node, path, "role.viewer", "A viewer looks and cannot approve.",
      "Name owner, finance, sales, approver or a role of your own.")
    return nil
  }

  /// Words of a vocabulary, each at most once, at least one.
  mutating func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ node: PolicyNode, _ path: String, as type: Word.Type = Word.self
  ) -> Set<Word>? where Word.RawValue == String {
    let items = list(node, path, upTo: 50)
    let words = items.enumerated().compactMap { index, item in
      word(item, "\(path)[\(index)]", as: Word.self)
    }
    guard !items.isEmpty else {
      reportEmpty(node, path)
      return nil
    }
    return words.count == items.count ? Set(words) : nil
  }

  mutating func reportEmpty(_ node: PolicyNode, _ path: String) {
    guard case .list(let items) = node.content, items.isEmpty else { return }
    report(
      node, path, "list.empty", "\(place(path)) is empty.", "Name at least one, or leave it out.")
  }
}
