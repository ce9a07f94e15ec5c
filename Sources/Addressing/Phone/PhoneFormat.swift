/// How the digits of a number are grouped.
///
/// A template is the national form: `x` stands for a digit of the number, `*` for all that are
/// left, everything else for itself. The international form has the same groups without the
/// trunk prefix.
enum PhoneFormat {
  struct Rule: Sendable {
    let lead: Digits
    /// Empty where the template fits every length.
    let lengths: LengthSet
    let template: String
  }

  /// The template of the longest leading digits that fit; nil where the plan has none.
  static func template(_ plan: NumberingPlan, _ national: Digits) -> String? {
    rules[plan.callingCode.value]?.first {
      national.hasPrefix($0.lead) && ($0.lengths.isEmpty || $0.lengths.contains(national.count))
    }?.template
  }

  static func national(_ number: String, _ template: String) -> String {
    var rest = Substring(number)
    var text = ""
    for mark in template {
      switch mark {
      case "x": text += rest.popFirst().map { String($0) } ?? ""
      case "*":
        text += rest
        rest = ""
      default: text.append(mark)
      }
    }
    return text + rest
  }

  /// Groups divided by spaces, by hyphens in the North American plan.
  static func international(_ number: String, _ template: String?, _ code: String) -> String {
    guard let template else { return number }
    var rest = Substring(number)
    var groups: [String] = []
    for mark in template.split(whereSeparator: { $0 != "x" && $0 != "*" }) {
      let length = mark == "*" ? rest.count : mark.count
      groups.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    if !rest.isEmpty { groups.append(String(rest)) }
    return groups.joined(separator: code == "1" ? "-" : " ")
  }

  private static let rules: [UInt64: [Rule]] = tables.mapValues { table in
    table.flatMap { entry in
      let lengths = LengthSet(entry.lengths)
      return entry.leads.split(separator: " ").map {
        Rule(lead: Digits($0), lengths: lengths, template: entry.template)
      }
    }
    .sorted {
      ($0.lead.count, $0.lengths.isEmpty ? 0 : 1) > ($1.lead.count, $1.lengths.isEmpty ? 0 : 1)
    }
  }
}
