import ArgumentParser
import Reporting

/// How `isobole analyze` and `isobole report` put their files into a directory.
struct PlacementArguments: ParsableArguments {
  @Flag(
    help:
      "Put the files into a directory that holds others too, which stay as they are. Without it such a directory is an error."
  )
  var intoExisting = false

  /// The same for the writer.
  func placement(reading inputs: [String]) -> Placement {
    var placement = Placement()
    placement.isIntoExisting = intoExisting
    placement.inputs = inputs
    return placement
  }
}
