import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// A form of a page that is about the organisation: it does what it says and leads back to a page, or
/// shows its own again with why not. It needs no script.
protocol PlaceForm: WritingHandler {
  var ports: WritePorts { get }

  /// Does it.
  /// - Returns: the path to go on at, and what the page there says.
  func act(_ post: PlacePost) async throws -> (path: String, done: String)

  /// The page with what was filled in, and why nothing was done.
  func page(_ request: WebRequest, _ fields: FormFields, _ problem: Problem) async throws -> Page
}

/// Who sent a form, about which organisation, with what.
struct PlacePost: Sendable {
  let request: WebRequest
  let frame: DeskFrame
  let caller: Principal
  let fields: FormFields

  var org: OrgID { frame.org }

  /// A field without the blanks around it; empty where there is none.
  subscript(name: String) -> String { fields.words(name) }

  /// - Throws: ``Problem`` where nothing stands in it.
  func needed(_ name: String, _ wanted: String) throws(Problem) -> String {
    let text = self[name]
    guard !text.isEmpty else { throw .field(name, "is empty", "Fill in \(wanted).") }
    return text
  }
}

extension PlaceForm {
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    guard let caller = request.caller else { throw Problem.signInRequired }
    // A program is told so before anything is done.
    let frame = try await ports.desk.frame(request).frame
    let fields = FormFields(try await body())
    let problem: Problem
    do {
      let post = PlacePost(request: request, frame: frame, caller: caller, fields: fields)
      let (path, done) = try await act(post)
      return .seeOther(frame.path(path, [("done", done)]))
    } catch let error as DecisionError {
      problem = Problem(error)
    } catch let error as AccessError {
      problem = Problem(error)
    } catch let found as Problem {
      problem = found
    }
    return .page(try await page(request, fields, problem), status: problem.status)
  }
}

extension FormFields {
  /// A field without the blanks around it, its lines ended as texts end them.
  func words(_ name: String) -> String {
    let text = self[name].replacing("\r\n", with: "\n")
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}

extension Problem {
  /// What is wrong with a field of a form, and what helps.
  static func field(_ name: String, _ wrong: String, _ remedy: String) -> Problem {
    Problem(
      .unprocessableContent, "value.invalid", "\(name.replacing("_", with: " ")) \(wrong).",
      remedy: remedy)
  }
}
