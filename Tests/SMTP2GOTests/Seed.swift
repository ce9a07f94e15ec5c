/// A seeded generator, so that a failed property can be repeated from the seed in its message.
struct Seed: RandomNumberGenerator {
  static let some: [UInt64] = [1, 2, 3, 20_261_122, 0xDEAD_BEEF]

  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func text(from alphabet: String, _ length: ClosedRange<Int>) -> String {
    let letters = Array(alphabet.unicodeScalars)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: length, using: &self) {
      scalars.append(letters[Int.random(in: letters.indices, using: &self)])
    }
    return String(scalars)
  }
}
