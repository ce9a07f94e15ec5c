/// Why a file as a whole cannot be read. Says where and what to do, never a value of the file.
public struct LedgerFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `file.missing`, `file.directory`, `file.io`, `file.encoding`, `file.syntax`, `file.header`, `file.option`.
  public let code: String
  /// From 1; nil where no line is to blame.
  public let line: Int?
  public let problem: String
  public let remedy: String

  init(_ code: String, line: Int? = nil, _ problem: String, remedy: String) {
    self.code = code
    self.line = line
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String { line.map { "\(code) at line \($0)" } ?? code }
}
