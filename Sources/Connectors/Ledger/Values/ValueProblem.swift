/// Why a cell is not the value its column should have; without the cell's text.
struct ValueProblem: Error, Hashable, Sendable {
  let problem: String
  let remedy: String

  init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }
}
