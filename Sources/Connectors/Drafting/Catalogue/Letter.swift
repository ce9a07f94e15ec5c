/// A message described once, from which the plain text and the HTML are made as twins.
///
/// Texts are Mustache; `**words**` are emphasised in the HTML and plain in the text.
struct Letter: Sendable {
  /// A piece of the message.
  indirect enum Block: Sendable {
    case paragraph(String)
    case table(Table)
    /// Blocks that stand only where a flag is true (or false, where `unless`).
    case when(String, [Block])
    case unless(String, [Block])
    /// One paragraph per entry of a list.
    case each(String, [Block])
    /// The closing words, who signs, and, where the letter leaves the house, the company with its
    /// legal name and postal address.
    case signature(closing: String, signer: String?, letterhead: Bool)
  }

  /// A table of one list.
  struct Table: Sendable {
    struct Column: Sendable {
      let title: String
      let value: String
      var alignsRight = false
      /// The value is never broken into two lines; numbers and dates.
      var isUnbroken = false
    }

    /// The name of the list.
    let list: String
    let columns: [Column]
    /// The words and the value of a last row; nil for none.
    var total: (title: String, value: String)?
  }

  let language: String
  let subject: String
  /// What a mail program shows beside the subject; does not repeat it.
  let preview: String
  let blocks: [Block]

  /// The three texts.
  var source: TemplateSource {
    TemplateSource(
      subject: subject, text: LetterText.make(blocks), html: LetterHTML.make(self))
  }
}
