/// A whole page in the house's plain style. It loads nothing, from nowhere.
struct Page: Sendable {
  let bytes: [UInt8]
  /// Allows this page's own style, its own scripts where it has any, and forms that come back here;
  /// forbids all else.
  let contentPolicy: String

  /// A page of one column under its title.
  /// - Parameter language: for `lang`, so that it is read aloud rightly.
  init(
    _ language: PageLanguage, title: String, scripts: [PageScript] = [],
    _ content: (inout HTML) -> Void
  ) {
    self.init(language, title: title, style: .plain, scripts: scripts) { body in
      body.element("main") { main in
        main.element("h1", text: title)
        content(&main)
      }
    }
  }

  init(
    _ language: PageLanguage, title: String, style: PageStyle, scripts: [PageScript] = [],
    body: (inout HTML) -> Void
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
      html.element("body") { place in
        body(&place)
        for script in scripts {
          place.markup("<script>")
          place.markup(script.text)
          place.markup("</script>")
        }
      }
    }
    bytes = html.bytes
    contentPolicy = Self.policy(style, scripts)
  }

  /// Forms come back here and mails are shown in frames from here. A script may ask this server.
  private static func policy(_ style: PageStyle, _ scripts: [PageScript]) -> String {
    let sources = scripts.map(\.source).joined(separator: " ")
    let running = scripts.isEmpty ? "" : "script-src \(sources); connect-src 'self'; "
    return "default-src 'none'; style-src \(style.source); \(running)"
      + "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
  }
}

/// A style that a page carries within it.
struct PageStyle: Sendable {
  let text: StaticString
  /// The source expression of a content policy that allows exactly this text.
  let source: String

  init(_ text: StaticString) {
    self.text = text
    source = ContentHash.source(of: text)
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
    @media print{:root{color-scheme:light}body{color:#000;background:#fff}\
    form,button{display:none!important}}
    """)
}
