import ActionProtocol
import Cards
import Decisions
import Engine
import ServiceLifecycle
import Web

/// The demo in a browser: the made-up company with its proposals, served until Ctrl-C.
struct DemoDesk: Sendable {
  let console: Console
  let demo: DemoHouse
  /// Where the local SMTP2GO shows what arrived.
  let outbox: String

  private static let owner = PersonID(rawValue: "you").unsafelyUnwrapped

  func perform() async throws {
    console.say("Making the company's books and looking through them …")
    _ = try await demo.importBooks()
    _ = try await demo.proposeForNightOwl()
    _ = try await demo.analyse()
    let house = try await opened()
    let readiness = ServeReadiness(schema: house.schema)
    let listeners = try ServeListeners(house, readiness, console)
    let engine = ServeEngine(
      loop: EngineRun.loop(house), listeners: listeners, readiness: readiness
    ) { places in begins(places, house) }
    let services =
      listeners.services(.private) + [engine] + listeners.services(.public)
      + [StopNotice(heard: readiness.stop)]
    do {
      try await EngineRun.run(services, house).get()
    } catch let fault as ListenFault {
      throw Failure(
        .unavailable, fault.code, fault.message,
        remedy: "Take another port: aiom demo --listen 127.0.0.1:0")
    }
    console.say("Stopped. Nothing of it is left.")
  }

  /// The house with its owner, who comes in by a link.
  private func opened() async throws -> House {
    var house = demo.house
    _ = try await People(house.access).add(
      NewPerson(id: Self.owner, name: "The owner"), roles: [.owner], in: demo.org, password: nil,
      by: house.caller, via: "demo")
    house.access.entrance = Entrance(Self.owner, house.access.entropy)
    return house
  }

  private func begins(_ places: [ListenerRole: String], _ house: House) {
    guard let place = places[.private], let entrance = house.access.entrance else { return }
    // Passkeys belong to a name, which an address of numbers is none.
    let address =
      place.replacing("//127.0.0.1:", with: "//localhost:") + "/enter/\(entrance.text)"
    console.emit([
      "address": .string(address), "private": .string(place), "outbox": .string(outbox),
    ])
    console.show(
      """

      AIOM with a made-up company. Nothing leaves this machine.

        Open        \(address)
        The outbox  \(outbox)

      Approve a reminder, see the mail arrive in the outbox, take one back, find out why another
      waits. Ctrl-C ends it and removes everything.

      """)
  }
}
