/// The two listeners of a serving process.
public enum ListenerRole: String, Sendable, Hashable, CaseIterable {
  /// For the company's own people and machines; loopback unless told otherwise.
  case `private`
  /// For the provider and for customers: reached from the internet, usually through a proxy.
  case `public`
}
