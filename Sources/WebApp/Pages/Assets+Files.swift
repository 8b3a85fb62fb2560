import Reporting

extension Assets {
  /// The embedded files under their names, and what `Reporting` makes.
  static let files: [String: [UInt8]] = [
    "report.css": Array(ReportAssets.styleSheet.utf8),
    "report-surface.js": Array(ReportAssets.surfaceModule.utf8),
    "analyse.js": PackageResources.analyse_js,
    "api.js": PackageResources.api_js,
    "app.css": PackageResources.app_css,
    "back.js": PackageResources.back_js,
    "cells.js": PackageResources.cells_js,
    "comments.js": PackageResources.comments_js,
    "dots.js": PackageResources.dots_js,
    "file.js": PackageResources.file_js,
    "icon.svg": PackageResources.icon_svg,
    "left-out.js": PackageResources.left_out_js,
    "live-runs.js": PackageResources.live_runs_js,
    "main.js": PackageResources.main_js,
    "new-screen.js": PackageResources.new_screen_js,
    "notice.js": PackageResources.notice_js,
    "progress.js": PackageResources.progress_js,
    "ranking.js": PackageResources.ranking_js,
    "remove-file.js": PackageResources.remove_file_js,
    "review.js": PackageResources.review_js,
    "run.js": PackageResources.run_js,
    "screen-settings.js": PackageResources.screen_settings_js,
    "sign-in.js": PackageResources.sign_in_js,
    "sign-out.js": PackageResources.sign_out_js,
    "surface.css": PackageResources.surface_css,
    "surface.js": PackageResources.surface_js,
    "swap.js": PackageResources.swap_js,
    "times.js": PackageResources.times_js,
    "upload-queue.js": PackageResources.upload_queue_js,
    "upload.js": PackageResources.upload_js,
    "views.js": PackageResources.views_js,
  ]
}
