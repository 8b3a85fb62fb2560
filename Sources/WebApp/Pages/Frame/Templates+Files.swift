extension Templates {
  /// The embedded templates under their names.
  static let texts: [String: [UInt8]] = [
    "combination": PackageResources.combination_mustache,
    "comparison": PackageResources.comparison_mustache,
    "error": PackageResources.error_mustache,
    "file": PackageResources.file_mustache,
    "formats": PackageResources.formats_mustache,
    "page": PackageResources.page_mustache,
    "plates": PackageResources.plates_mustache,
    "review": PackageResources.review_mustache,
    "run-progress": PackageResources.run_progress_mustache,
    "screen": PackageResources.screen_mustache,
    "screens": PackageResources.screens_mustache,
    "side-by-side": PackageResources.side_by_side_mustache,
    "sign-in": PackageResources.sign_in_mustache,
    "surface": PackageResources.surface_mustache,
  ]
}
