import ActionProtocol
import Foundation

/// A whole page in the house's plain style. It loads nothing, from nowhere.
struct Page: Sendable {
  let bytes: [UInt8]
  /// Allows this page's own style and forms that come back here; forbids all else.
  let contentPolicy: String

  /// A page of one column under its title.
  /// - Parameter language: for `lang`, so that it is read aloud rightly.
  init(_ language: PageLanguage, title: String, _ content: (inout HTML) -> Void) {
    self.init(language, title: title, style: .plain) { body in
      body.element("main") { main in
        main.element("h1", text: title)
        content(&main)
      }
    }
  }

  init(
    _ language: PageLanguage, title: String, style: PageStyle, body: (inout HTML) -> Void
  ) {
    var html = HTML()
    html.markup("<!doctype html>")
    html.element("html", [("lang", language.rawValue)]) { html in
      html.element("head") { head in
        head.open("meta", [("charset", "utf-8")])
        head.open("meta", [("name", "viewport"), ("content", "width=device-width")])
        head.open("meta", [("name", "robots"), ("content", "noindex")])
        head.open("meta", [("name", "color-scheme"), ("content", "light dark")])
        head.element("title", text: title)
        head.markup("<style>")
        head.markup(style.text)
        head.markup("</style>")
      }
      html.element("body", [], body)
    }
    bytes = html.bytes
    contentPolicy = style.contentPolicy
  }
}

/// A style that a page carries within it.
struct PageStyle: Sendable {
  let text: StaticString
  /// Forms come back here and mails are shown in frames from here; nothing else is loaded or run.
  let contentPolicy: String

  init(_ text: StaticString) {
    self.text = text
    let digest = Digest.sha256(text.withUTF8Buffer { Array($0) }).hex
    let hash = Data(stride(from: 0, to: 64, by: 2).map { Self.byte(digest, $0) })
    contentPolicy =
      "default-src 'none'; style-src 'sha256-\(hash.base64EncodedString())'; "
      + "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
  }

  private static func byte(_ hex: String, _ offset: Int) -> UInt8 {
    let start = hex.index(hex.startIndex, offsetBy: offset)
    return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
  }

  /// Contrast at least 7:1 in both schemes; the button is 44 pixels high; nothing moves.
  static let plain = PageStyle(
    """
    :root{color-scheme:light dark}
    body{margin:0;font:1.125rem/1.6 system-ui,sans-serif;color:#1b1b1b;background:#fff}
    main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem;overflow-wrap:anywhere}
    h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
    button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.5rem;border:2px solid \
    #123f8c;border-radius:.4rem;color:#fff;background:#123f8c;cursor:pointer}
    button:focus-visible,input:focus-visible{outline:3px solid #123f8c;outline-offset:3px}
    form{margin:0 0 1rem}label{display:block;font-weight:600;margin:1.25rem 0 .25rem}
    input:not([type=hidden]){font:inherit;display:block;box-sizing:border-box;width:100%;\
    min-height:2.75rem;padding:.5rem .75rem;border:2px solid #5c5c5c;border-radius:.4rem;\
    color:inherit;background:transparent}
    label~button{margin-top:1.75rem}.hint{margin:.25rem 0 0;font-size:1rem;color:#454545}
    .error{border-left:.3rem solid #a40000;padding:.25rem 0 .25rem .9rem;color:#8a0000}
    @media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#161616}
    button{color:#0b0b0b;background:#a9c7ff;border-color:#a9c7ff}
    button:focus-visible,input:focus-visible{outline-color:#a9c7ff}
    input:not([type=hidden]){border-color:#9a9a9a}.hint{color:#c9c9c9}
    .error{color:#ffb4b4;border-color:#ff8a8a}}
    """)
}
