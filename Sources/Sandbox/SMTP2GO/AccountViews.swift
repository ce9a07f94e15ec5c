/// The read-only views of an account that a setup check asks for.
enum AccountViews {
  /// `data` of `/single_sender_emails/view`. The documented example has the request id in here too.
  static func singleSenders(_ addresses: [String]?, requestID: String) -> JSONValue {
    let senders = (addresses ?? []).map { address -> JSONValue in
      ["email_address": .string(address), "verified": true]
    }
    return ["request_id": .string(requestID), "senders": .array(senders)]
  }

  /// `data` of `/domain/view`: every configured domain with all its records in place.
  static func domains(_ names: [String]?) -> JSONValue {
    ["domains": .array((names ?? []).map(domain))]
  }

  /// `data` of `/domain/verify`: the domain asked for, whose records are always in place.
  static func verification(
    of call: VendorCall, _ names: [String]?
  ) throws(VendorRefusal) -> JSONValue {
    let wanted = try call.payload.requiredString("domain").lowercased()
    guard let name = names?.first(where: { $0.lowercased() == wanted }) else {
      throw .business("A sender domain matching the passed value of '\(wanted)' was not found")
    }
    return domains([name])
  }

  private static func domain(_ name: String) -> JSONValue {
    [
      "domain": [
        "fulldomain": .string(name),
        "dkim_selector": "s000001", "dkim_value": "dkim.smtp2go.net",
        "dkim_verified": true, "dkim_status": "ok",
        "rpath_selector": "em000001", "rpath_value": "return.smtp2go.net",
        "rpath_verified": true, "rpath_status": "ok",
      ],
      "trackers": [
        [
          "fulldomain": .string("link." + name), "cname_value": "track.smtp2go.net",
          "cname_verified": true, "cname_status": "ok", "enabled": true,
        ]
      ],
      "subaccount_access": [],
      "from_master": false,
    ]
  }
}
