/// Writes lines of a CSV file as RFC 4180 has them.
public enum CSVText {
  /// A line with its end.
  public static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  private static func cell(_ text: String) -> String {
    text.utf8.contains { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) }
      ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
