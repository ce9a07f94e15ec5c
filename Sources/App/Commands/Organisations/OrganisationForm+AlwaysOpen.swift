extension OrganisationForm {
  /// An invented company for demo and bench: in the US, with a window that never closes, so that it
  /// works at any hour of any day.
  static func alwaysOpen(
    id: String, name: String, legalName: String, address: String, sender: String,
    undoSeconds: Int
  ) -> OrganisationForm {
    var form = OrganisationForm()
    form.id = id
    form.name = name
    form.legalName = legalName
    form.address = address
    form.country = "US"
    form.sender = sender
    form.window = "00:00-24:00"
    form.days = "1-7"
    form.undoSeconds = String(undoSeconds)
    form.fillDefaults(sender: nil)
    return form
  }
}
