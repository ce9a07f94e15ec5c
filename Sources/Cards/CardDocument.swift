/// A card as a sequence of blocks, which a terminal and a page each show in their own way. The texts are
/// as they are in the records: whoever shows them takes out what would do harm there.
public struct CardDocument: Hashable, Sendable {
  public enum Block: Hashable, Sendable {
    /// As a sentence begins; who shows it may write it large.
    case heading(String)
    case paragraph(String)
    /// A name and a value.
    case field(String, String)
    /// Text shown as it is, nothing wrapped away.
    case quote(String)
    case item(String)
    case table(CardTable, hasHeadings: Bool)
  }

  public let title: String
  public private(set) var blocks: [Block] = []

  public init(title: String) { self.title = title }

  public mutating func heading(_ line: String) { blocks.append(.heading(line)) }
  public mutating func paragraph(_ words: String) { blocks.append(.paragraph(words)) }
  public mutating func field(_ name: String, _ value: String) { blocks.append(.field(name, value)) }
  public mutating func quote(_ words: String) { blocks.append(.quote(words)) }
  public mutating func item(_ words: String) { blocks.append(.item(words)) }

  public mutating func table(_ table: CardTable, headings: Bool = true) {
    blocks.append(.table(table, hasHeadings: headings))
  }
}

/// Rows under headings.
public struct CardTable: Hashable, Sendable {
  public enum Alignment: Hashable, Sendable { case left, right }

  public struct Column: Hashable, Sendable {
    public let title: String
    public let alignment: Alignment

    public static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
    public static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
  }

  public let columns: [Column]
  public private(set) var rows: [[String]] = []

  public init(_ columns: [Column]) { self.columns = columns }

  public var isEmpty: Bool { rows.isEmpty }

  /// - Parameter cells: one for each column.
  public mutating func add(_ cells: [String]) { rows.append(cells) }
}
