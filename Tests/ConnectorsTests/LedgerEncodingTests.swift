import Engine
import Testing

@testable import Connectors

@Suite("Encodings of ledger files")
struct LedgerEncodingTests {
  @Test func `a byte order mark is no part of the header`() throws {
    let rows = try lines(ofBytes: [0xEF, 0xBB, 0xBF] + Array("name\nJosé\n".utf8), .partners)
    #expect(rows.first?.partner?.name == "José")
  }

  @Test(arguments: [
    (TextEncoding.windows1252, "M\u{fc}ller \u{80}", "Müller €"),
    (.latin1, "M\u{fc}ller", "Müller"),
  ])
  func `eight-bit text is read where it is named`(
    encoding: TextEncoding, bytes: String, text: String
  ) throws {
    let raw = Array("name\n".utf8) + bytes.unicodeScalars.map { UInt8($0.value) }
    let options = ImportOptions(encoding: encoding)
    #expect(try lines(ofBytes: raw, .partners, options).first?.partner?.name == text)
  }

  @Test func `text that is not UTF-8 is refused with its line and the way out`() {
    let raw = Array("name\nA\nM".utf8) + [0xFC] + Array("ller\n".utf8)
    let error = #expect(throws: LedgerFileError.self) { try lines(ofBytes: raw, .partners) }
    #expect(error?.code == "file.encoding")
    #expect(error?.line == 3)
    #expect(error?.remedy.contains("--encoding windows-1252") == true)
  }

  @Test func `a byte that Windows-1252 does not have is refused`() {
    let raw = Array("name\nA".utf8) + [0x81] + Array("\n".utf8)
    let options = ImportOptions(encoding: .windows1252)
    #expect(throws: LedgerFileError.self) { try lines(ofBytes: raw, .partners, options) }
  }

  @Test(arguments: [[0xFF, 0xFE, 0x6E, 0x00], [0xFE, 0xFF, 0x00, 0x6E]] as [[UInt8]])
  func `UTF-16 is refused by name`(raw: [UInt8]) {
    let error = #expect(throws: LedgerFileError.self) { try lines(ofBytes: raw, .partners) }
    #expect(error?.problem == "The file is UTF-16.")
  }
}
