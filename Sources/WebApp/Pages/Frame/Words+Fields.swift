import Foundation

extension Words {
  /// A moment as an element.
  static func time(_ date: Date) -> Fields { ["iso": iso(date), "text": moment(date)] }
}
