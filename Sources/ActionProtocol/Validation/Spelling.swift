/// Finds the word that was probably meant.
package enum Spelling {
  /// The nearest of the words by edit distance, nil where none is near (more than a third of the
  /// letters differ) or the word is too long to be a slip.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let letters = Array(word.lowercased().utf8)
    guard (1...60).contains(letters.count) else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      let distance = distance(letters, Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, max(letters.count, best.word.utf8.count) / 3) else {
      return nil
    }
    return best.word
  }

  /// Levenshtein's distance, one row at a time.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let substituted = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
