import ActionProtocol
import Foundation

/// A whole page in the house's plain style. It loads nothing, from nowhere.
struct Page: Sendable {
  let bytes: [UInt8]

  /// - Parameter language: for `lang`, so that it is read aloud rightly.
  init(_ language: PageLanguage, title: String, _ content: (inout HTML) -> Void) {
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
        head.markup(Self.style)
        head.markup("</style>")
      }
      html.element("body") { body in
        body.element("main") { main in
          main.element("h1", text: title)
          content(&main)
        }
      }
    }
    bytes = html.bytes
  }

  /// Allows this page's own style and forms that come back here; forbids all else.
  static let contentPolicy: String = {
    let digest = Digest.sha256(Self.style.withUTF8Buffer { Array($0) }).hex
    let hash = Data(stride(from: 0, to: 64, by: 2).map { Self.byte(digest, $0) })
    return "default-src 'none'; style-src 'sha256-\(hash.base64EncodedString())'; "
      + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
  }()

  private static func byte(_ hex: String, _ offset: Int) -> UInt8 {
    let start = hex.index(hex.startIndex, offsetBy: offset)
    return UInt8(hex[start..<hex.index(start, offsetBy: 2)], radix: 16) ?? 0
  }

  /// Contrast at least 7:1 in both schemes; the button is 44 pixels high; nothing moves.
  private static let style: StaticString = """
    :root{color-scheme:light dark}
    body{margin:0;font:1.125rem/1.6 system-ui,sans-serif;color:#1b1b1b;background:#fff}
    main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem;overflow-wrap:anywhere}
    h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
    button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.5rem;border:2px solid \
    #123f8c;border-radius:.4rem;color:#fff;background:#123f8c;cursor:pointer}
    button:focus-visible{outline:3px solid #123f8c;outline-offset:3px}
    @media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#161616}
    button{color:#0b0b0b;background:#a9c7ff;border-color:#a9c7ff}
    button:focus-visible{outline-color:#a9c7ff}}
    """
}
