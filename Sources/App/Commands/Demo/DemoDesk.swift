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
  let folder: DemoFolder

  private static let owner = PersonID(rawValue: "you").unsafelyUnwrapped

  func perform() async throws {
    console.say("Making the company's books and looking through them …")
    _ = try await demo.importBooks()
    _ = try await demo.proposeForNightOwl()
    _ = try await demo.analyse()
    let (house, link) = try await opened()
    let readiness = ServeReadiness(schema: house.schema)
    let listeners = try ServeListeners(house, readiness, console)
    let engine = ServeEngine(
      loop: EngineRun.loop(house), listeners: listeners, readiness: readiness
    ) { places in begins(places, house) }
    do {
      try await EngineRun.run(listeners.services(around: engine, readiness), house).get()
    } catch let fault as ListenFault {
      throw Failure(
        .unavailable, fault.code, fault.message,
        remedy: "Take another port: aiom demo --listen 127.0.0.1:0")
    }
    end(link)
  }

  /// What is left of it, and how one comes in without this process.
  private func end(_ link: String?) {
    guard folder.isKept else { return console.say("Stopped. Nothing of it is left.") }
    console.say("Stopped. Kept in \(folder.path).")
    guard let link else { return }
    console.say("To decide there later, set a password for `you`, within three days:")
    console.say("  aiom person accept --home \(folder.path)    with the link \(link)")
  }

  /// The house with its owner, who comes in by the entrance; and the link by which the owner may set a
  /// password.
  private func opened() async throws -> (House, link: String?) {
    var house = demo.house
    let link = try await People(house.access).add(
      NewPerson(id: Self.owner, name: "The owner"), roles: [.owner], in: demo.org, password: nil,
      by: house.caller, via: "demo")
    house.access.entrance = Entrance(Self.owner, house.access.entropy)
    return (house, link)
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
      waits. Ctrl-C ends it\(folder.isKept ? "." : " and removes everything.")

      """)
  }
}
