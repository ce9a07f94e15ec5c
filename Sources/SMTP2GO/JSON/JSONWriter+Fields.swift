/// Whole fields. What is nil or empty is left out: the provider's contract knows neither nulls nor
/// empty lists.
extension JSONWriter {
  mutating func field(_ name: StaticString, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    key(name)
    string(text)
  }

  mutating func field(_ name: StaticString, _ texts: [String]) {
    if texts.isEmpty { return }
    key(name)
    array(texts) { writer, text in writer.string(text) }
  }

  mutating func field(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  mutating func field(_ name: StaticString, _ value: Bool?) {
    guard let value else { return }
    key(name)
    bool(value)
  }

  mutating func field(_ name: StaticString, _ time: VendorTime?) {
    field(name, time?.text)
  }

  mutating func field(_ name: StaticString, _ values: [String: TemplateValue]) {
    if values.isEmpty { return }
    key(name)
    value(.object(values))
  }

  mutating func value(_ value: TemplateValue) {
    switch value {
    case .string(let text): string(text)
    case .number(let number): self.number(number)
    case .bool(let flag): bool(flag)
    case .array(let elements): array(elements) { writer, element in writer.value(element) }
    case .object(let members):
      object { writer in
        for member in members.sorted(by: { $0.key < $1.key }) {
          writer.key(named: member.key)
          writer.value(member.value)
        }
      }
    }
  }
}
