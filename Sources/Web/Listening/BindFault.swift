import Foundation
import NIOCore

/// Puts into words why an address could not be taken.
enum BindFault {
  static func explained(
    _ error: any Error, _ role: ListenerRole, _ address: ListenAddress
  ) -> any Error {
    guard let fault = error as? IOError else { return error }
    switch fault.errnoCode {
    case EADDRINUSE:
      return ListenFault(
        .unavailable, "listen.port_in_use",
        "The \(role.rawValue) listener cannot begin: another program has \(address).",
        remedy: "Stop that program, or give another address with \(flag(role)); `off` does "
          + "without.")
    case EACCES, EPERM:
      return ListenFault(
        .configuration, "listen.not_permitted",
        "The \(role.rawValue) listener cannot begin: this user may not take \(address).",
        remedy: "Take a port above 1023 with \(flag(role)) and let a proxy stand before it.")
    case EADDRNOTAVAIL:
      return ListenFault(
        .configuration, "listen.no_such_address",
        "The \(role.rawValue) listener cannot begin: this machine has no address \(address.host).",
        remedy: "Give one of its addresses with \(flag(role)).")
    default: return error
    }
  }

  private static func flag(_ role: ListenerRole) -> String {
    role == .private ? "--listen" : "--public-listen"
  }
}
