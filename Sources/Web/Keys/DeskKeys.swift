/// The key behind `g` that leads to a page of the desk.
enum DeskKeys {
  static let places = [
    "/inbox": "i", "/attention": "n", "/activity": "a", "/customers": "c", "/today": "t",
    "/actions": "l", "/audit": "h", "/account": "y", "/policies": "p", "/outreach": "o",
    "/settings": "s", "/setup": "u",
  ]

  static func attributes(_ path: String) -> [(StaticString, String)] {
    places[path].map { [("data-key" as StaticString, $0)] } ?? []
  }
}
