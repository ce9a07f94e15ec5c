import Addressing

/// Addresses on the command line.
enum AddressOption {
  static func email(_ text: String) throws -> EmailAddress {
    do throws(AddressingIssue) {
      return try EmailAddress(text)
    } catch {
      throw Failure(.refused, error.code, "--to: \(error.message)", remedy: error.remedy)
    }
  }

  static func phone(_ text: String, country: String?) throws -> PhoneNumber {
    do throws(AddressingIssue) {
      return try PhoneNumber(text, country: country)
    } catch {
      throw Failure(.refused, error.code, "--to: \(error.message)", remedy: error.remedy)
    }
  }
}
