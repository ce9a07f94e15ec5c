import Foundation
import Insights

extension Organisation {
  /// The clock that its people read.
  public var zone: TimeZone { profile.zone }

  /// The name that stands under a letter.
  public var legalName: String { profile.legalName }
}
