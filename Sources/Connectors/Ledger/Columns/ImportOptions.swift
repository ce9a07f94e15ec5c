import ActionProtocol

/// How a file is to be read. What is nil is recognised, taken from the preset, or refused.
public struct ImportOptions: Sendable {
  /// The file's own column names by field name (``LedgerField``), as `--map total="Amount Due"`.
  public var mapping: [String: String]
  public var preset: ImportPreset?
  /// A single character of ASCII.
  public var delimiter: Character?
  public var encoding: TextEncoding?
  public var dateFormat: DateFormat?
  public var decimalMark: DecimalMark?
  /// For amounts that name no currency.
  public var currency: Currency?
  /// ISO 3166-1 alpha-2, for phone numbers without a country code.
  public var country: String?

  public init(
    mapping: [String: String] = [:], preset: ImportPreset? = nil, delimiter: Character? = nil,
    encoding: TextEncoding? = nil, dateFormat: DateFormat? = nil,
    decimalMark: DecimalMark? = nil, currency: Currency? = nil, country: String? = nil
  ) {
    self.mapping = mapping
    self.preset = preset
    self.delimiter = delimiter
    self.encoding = encoding
    self.dateFormat = dateFormat
    self.decimalMark = decimalMark
    self.currency = currency
    self.country = country
  }
}
