#include "resources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// The web app’s pages: `#embed` costs the compiler nothing, a Swift array of its bytes most of a minute.

static const uint8_t openapi_json[] = {
#embed "../WebApp/API/openapi.json"
};
static const uint8_t simulated_xpo1_screen_csv[] = {
#embed "../WebApp/Example/simulated-xpo1-screen.csv"
};
static const uint8_t Assets_analyse_js[] = {
#embed "../WebApp/Assets/analyse.js"
};
static const uint8_t Assets_api_js[] = {
#embed "../WebApp/Assets/api.js"
};
static const uint8_t Assets_app_css[] = {
#embed "../WebApp/Assets/app.css"
};
static const uint8_t Assets_back_js[] = {
#embed "../WebApp/Assets/back.js"
};
static const uint8_t Assets_build_js[] = {
#embed "../WebApp/Assets/build.js"
};
static const uint8_t Assets_cells_js[] = {
#embed "../WebApp/Assets/cells.js"
};
static const uint8_t Assets_comments_js[] = {
#embed "../WebApp/Assets/comments.js"
};
static const uint8_t Assets_dots_js[] = {
#embed "../WebApp/Assets/dots.js"
};
static const uint8_t Assets_dropped_js[] = {
#embed "../WebApp/Assets/dropped.js"
};
static const uint8_t Assets_example_js[] = {
#embed "../WebApp/Assets/example.js"
};
static const uint8_t Assets_file_js[] = {
#embed "../WebApp/Assets/file.js"
};
static const uint8_t Assets_format_js[] = {
#embed "../WebApp/Assets/format.js"
};
static const uint8_t Assets_icon_svg[] = {
#embed "../WebApp/Assets/icon.svg"
};
static const uint8_t Assets_left_out_js[] = {
#embed "../WebApp/Assets/left-out.js"
};
static const uint8_t Assets_live_runs_js[] = {
#embed "../WebApp/Assets/live-runs.js"
};
static const uint8_t Assets_main_js[] = {
#embed "../WebApp/Assets/main.js"
};
static const uint8_t Assets_marks_js[] = {
#embed "../WebApp/Assets/marks.js"
};
static const uint8_t Assets_menu_js[] = {
#embed "../WebApp/Assets/menu.js"
};
static const uint8_t Assets_new_screen_js[] = {
#embed "../WebApp/Assets/new-screen.js"
};
static const uint8_t Assets_notice_js[] = {
#embed "../WebApp/Assets/notice.js"
};
static const uint8_t Assets_parts_js[] = {
#embed "../WebApp/Assets/parts.js"
};
static const uint8_t Assets_ranking_js[] = {
#embed "../WebApp/Assets/ranking.js"
};
static const uint8_t Assets_remove_file_js[] = {
#embed "../WebApp/Assets/remove-file.js"
};
static const uint8_t Assets_review_js[] = {
#embed "../WebApp/Assets/review.js"
};
static const uint8_t Assets_run_stream_js[] = {
#embed "../WebApp/Assets/run-stream.js"
};
static const uint8_t Assets_run_js[] = {
#embed "../WebApp/Assets/run.js"
};
static const uint8_t Assets_screen_settings_js[] = {
#embed "../WebApp/Assets/screen-settings.js"
};
static const uint8_t Assets_sign_in_js[] = {
#embed "../WebApp/Assets/sign-in.js"
};
static const uint8_t Assets_sign_out_js[] = {
#embed "../WebApp/Assets/sign-out.js"
};
static const uint8_t Assets_surface_css[] = {
#embed "../WebApp/Assets/surface.css"
};
static const uint8_t Assets_surface_js[] = {
#embed "../WebApp/Assets/surface.js"
};
static const uint8_t Assets_swap_js[] = {
#embed "../WebApp/Assets/swap.js"
};
static const uint8_t Assets_times_js[] = {
#embed "../WebApp/Assets/times.js"
};
static const uint8_t Assets_tip_js[] = {
#embed "../WebApp/Assets/tip.js"
};
static const uint8_t Assets_upload_queue_js[] = {
#embed "../WebApp/Assets/upload-queue.js"
};
static const uint8_t Assets_upload_js[] = {
#embed "../WebApp/Assets/upload.js"
};
static const uint8_t Assets_views_js[] = {
#embed "../WebApp/Assets/views.js"
};
static const uint8_t Assets_well_dialog_js[] = {
#embed "../WebApp/Assets/well-dialog.js"
};
static const uint8_t Templates_combination_mustache[] = {
#embed "../WebApp/Templates/combination.mustache"
};
static const uint8_t Templates_comparison_mustache[] = {
#embed "../WebApp/Templates/comparison.mustache"
};
static const uint8_t Templates_error_mustache[] = {
#embed "../WebApp/Templates/error.mustache"
};
static const uint8_t Templates_file_mustache[] = {
#embed "../WebApp/Templates/file.mustache"
};
static const uint8_t Templates_formats_mustache[] = {
#embed "../WebApp/Templates/formats.mustache"
};
static const uint8_t Templates_page_mustache[] = {
#embed "../WebApp/Templates/page.mustache"
};
static const uint8_t Templates_plates_mustache[] = {
#embed "../WebApp/Templates/plates.mustache"
};
static const uint8_t Templates_review_mustache[] = {
#embed "../WebApp/Templates/review.mustache"
};
static const uint8_t Templates_run_progress_mustache[] = {
#embed "../WebApp/Templates/run-progress.mustache"
};
static const uint8_t Templates_screen_mustache[] = {
#embed "../WebApp/Templates/screen.mustache"
};
static const uint8_t Templates_screens_mustache[] = {
#embed "../WebApp/Templates/screens.mustache"
};
static const uint8_t Templates_side_by_side_mustache[] = {
#embed "../WebApp/Templates/side-by-side.mustache"
};
static const uint8_t Templates_sign_in_mustache[] = {
#embed "../WebApp/Templates/sign-in.mustache"
};
static const uint8_t Templates_surface_mustache[] = {
#embed "../WebApp/Templates/surface.mustache"
};

static const isobole_file files[] = {
    {"openapi.json", openapi_json, sizeof(openapi_json)},
    {"simulated-xpo1-screen.csv", simulated_xpo1_screen_csv, sizeof(simulated_xpo1_screen_csv)},
    {"Assets/analyse.js", Assets_analyse_js, sizeof(Assets_analyse_js)},
    {"Assets/api.js", Assets_api_js, sizeof(Assets_api_js)},
    {"Assets/app.css", Assets_app_css, sizeof(Assets_app_css)},
    {"Assets/back.js", Assets_back_js, sizeof(Assets_back_js)},
    {"Assets/build.js", Assets_build_js, sizeof(Assets_build_js)},
    {"Assets/cells.js", Assets_cells_js, sizeof(Assets_cells_js)},
    {"Assets/comments.js", Assets_comments_js, sizeof(Assets_comments_js)},
    {"Assets/dots.js", Assets_dots_js, sizeof(Assets_dots_js)},
    {"Assets/dropped.js", Assets_dropped_js, sizeof(Assets_dropped_js)},
    {"Assets/example.js", Assets_example_js, sizeof(Assets_example_js)},
    {"Assets/file.js", Assets_file_js, sizeof(Assets_file_js)},
    {"Assets/format.js", Assets_format_js, sizeof(Assets_format_js)},
    {"Assets/icon.svg", Assets_icon_svg, sizeof(Assets_icon_svg)},
    {"Assets/left-out.js", Assets_left_out_js, sizeof(Assets_left_out_js)},
    {"Assets/live-runs.js", Assets_live_runs_js, sizeof(Assets_live_runs_js)},
    {"Assets/main.js", Assets_main_js, sizeof(Assets_main_js)},
    {"Assets/marks.js", Assets_marks_js, sizeof(Assets_marks_js)},
    {"Assets/menu.js", Assets_menu_js, sizeof(Assets_menu_js)},
    {"Assets/new-screen.js", Assets_new_screen_js, sizeof(Assets_new_screen_js)},
    {"Assets/notice.js", Assets_notice_js, sizeof(Assets_notice_js)},
    {"Assets/parts.js", Assets_parts_js, sizeof(Assets_parts_js)},
    {"Assets/ranking.js", Assets_ranking_js, sizeof(Assets_ranking_js)},
    {"Assets/remove-file.js", Assets_remove_file_js, sizeof(Assets_remove_file_js)},
    {"Assets/review.js", Assets_review_js, sizeof(Assets_review_js)},
    {"Assets/run-stream.js", Assets_run_stream_js, sizeof(Assets_run_stream_js)},
    {"Assets/run.js", Assets_run_js, sizeof(Assets_run_js)},
    {"Assets/screen-settings.js", Assets_screen_settings_js, sizeof(Assets_screen_settings_js)},
    {"Assets/sign-in.js", Assets_sign_in_js, sizeof(Assets_sign_in_js)},
    {"Assets/sign-out.js", Assets_sign_out_js, sizeof(Assets_sign_out_js)},
    {"Assets/surface.css", Assets_surface_css, sizeof(Assets_surface_css)},
    {"Assets/surface.js", Assets_surface_js, sizeof(Assets_surface_js)},
    {"Assets/swap.js", Assets_swap_js, sizeof(Assets_swap_js)},
    {"Assets/times.js", Assets_times_js, sizeof(Assets_times_js)},
    {"Assets/tip.js", Assets_tip_js, sizeof(Assets_tip_js)},
    {"Assets/upload-queue.js", Assets_upload_queue_js, sizeof(Assets_upload_queue_js)},
    {"Assets/upload.js", Assets_upload_js, sizeof(Assets_upload_js)},
    {"Assets/views.js", Assets_views_js, sizeof(Assets_views_js)},
    {"Assets/well-dialog.js", Assets_well_dialog_js, sizeof(Assets_well_dialog_js)},
    {"Templates/combination.mustache", Templates_combination_mustache, sizeof(Templates_combination_mustache)},
    {"Templates/comparison.mustache", Templates_comparison_mustache, sizeof(Templates_comparison_mustache)},
    {"Templates/error.mustache", Templates_error_mustache, sizeof(Templates_error_mustache)},
    {"Templates/file.mustache", Templates_file_mustache, sizeof(Templates_file_mustache)},
    {"Templates/formats.mustache", Templates_formats_mustache, sizeof(Templates_formats_mustache)},
    {"Templates/page.mustache", Templates_page_mustache, sizeof(Templates_page_mustache)},
    {"Templates/plates.mustache", Templates_plates_mustache, sizeof(Templates_plates_mustache)},
    {"Templates/review.mustache", Templates_review_mustache, sizeof(Templates_review_mustache)},
    {"Templates/run-progress.mustache", Templates_run_progress_mustache, sizeof(Templates_run_progress_mustache)},
    {"Templates/screen.mustache", Templates_screen_mustache, sizeof(Templates_screen_mustache)},
    {"Templates/screens.mustache", Templates_screens_mustache, sizeof(Templates_screens_mustache)},
    {"Templates/side-by-side.mustache", Templates_side_by_side_mustache, sizeof(Templates_side_by_side_mustache)},
    {"Templates/sign-in.mustache", Templates_sign_in_mustache, sizeof(Templates_sign_in_mustache)},
    {"Templates/surface.mustache", Templates_surface_mustache, sizeof(Templates_surface_mustache)},
};

isobole_file isobole_web_file(size_t place) {
  return place < sizeof(files) / sizeof(files[0]) ? files[place] : (isobole_file){0};
}
