/// An error of a store, as far as the engine has to understand it.
public protocol StoreFault: Error {
  /// Whether what was written may hold all the same, because the commit was not acknowledged.
  var mayHold: Bool { get }
}
