/// Which character separates the decimals of an amount.
public enum DecimalMark: String, CaseIterable, Sendable {
  case point, comma
}
