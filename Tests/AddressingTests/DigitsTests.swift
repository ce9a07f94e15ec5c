import Testing

@testable import Addressing

@Suite struct DigitsTests {
  @Test(arguments: ["0", "7", "007", "442079460958", "9999999999999999999"])
  func `digits keep their zeros`(text: String) {
    let digits = Digits(text)
    #expect(String(decoding: digits.bytes, as: UTF8.self) == text)
    for length in 0...text.utf8.count {
      #expect(digits.hasPrefix(Digits(text.prefix(length))))
      #expect(digits.dropFirst(length) == Digits(text.dropFirst(length)))
    }
    #expect(!digits.hasPrefix(Digits(text + "1")) || text.utf8.count == Digits.capacity)
  }

  @Test func `zeros in front make another value`() {
    #expect(Digits("07") != Digits("7"))
    #expect(!Digits("7").hasPrefix(Digits("0")))
    #expect(!Digits("70").hasPrefix(Digits("07")))
  }

  @Test(arguments: [("7-8,10", [7, 8, 10]), ("5", [5]), ("", []), ("0", [0])])
  func `lengths are read from their notation`(text: String, lengths: [Int]) {
    let set = LengthSet(text)
    #expect((0..<40).filter(set.contains) == lengths)
    if let first = lengths.first, let last = lengths.last {
      #expect(set.smallest == first && set.largest == last)
    }
  }
}
