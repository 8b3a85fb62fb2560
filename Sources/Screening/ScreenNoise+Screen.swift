import Synergy

extension ScreenNoise {
  /// What all blocks of a screen together say about noise; `nil` when no block needs it or it cannot be told.
  init?(ofScreen shares: [NoiseShare], options: InferenceOptions) {
    guard shares.contains(where: { !$0.isOwn }) else { return nil }
    self.init(shares, options: options)
  }
}
