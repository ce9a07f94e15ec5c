import ArgumentParser

/// The flags of `serve`; each wins over the setting of the same name.
struct ServeOptions: ParsableArguments {
  @Option(
    name: .long, help: "The private listener: ADDRESS:PORT; 0 takes a free port; off does without.")
  var listen: String?

  @Option(
    name: .long,
    help: "Names of the private listener besides localhost and its address; several with commas.")
  var listenNames: String?

  @Option(name: .long, help: "The public listener, for webhooks and unsubscribe links.")
  var publicListen: String?

  @Option(
    name: .long, help: "The certificate chain that encrypts the way (PEM).",
    completion: .file(extensions: ["pem", "crt"]))
  var tlsCertificate: String?

  @Option(
    name: .long, help: "The certificate's private key (PEM).",
    completion: .file(extensions: ["pem", "key"]))
  var tlsKey: String?

  @Option(
    name: .long,
    help: "The proxies before it, such as 10.0.0.2 or 10.0.0.0/24; several with commas.")
  var behindProxy: String?

  var flags: [SettingKey: (name: String, value: String)] {
    let given: [(SettingKey, String, String?)] = [
      (.listen, "--listen", listen), (.listenNames, "--listen-names", listenNames),
      (.publicListen, "--public-listen", publicListen),
      (.tlsCertificate, "--tls-certificate", tlsCertificate), (.tlsKey, "--tls-key", tlsKey),
      (.behindProxy, "--behind-proxy", behindProxy),
    ]
    var flags: [SettingKey: (name: String, value: String)] = [:]
    for (key, name, value) in given {
      if let value { flags[key] = (name, value) }
    }
    return flags
  }
}
