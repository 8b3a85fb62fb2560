#include "resources.h"
#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

// What reports are made of: `#embed` costs the compiler nothing, a Swift array of its bytes most of a minute.

static const uint8_t charts_css[] = {
#embed "../Reporting/HTML/Assets/charts.css"
};
static const uint8_t combination_css[] = {
#embed "../Reporting/HTML/Assets/combination.css"
};
static const uint8_t combination_js[] = {
#embed "../Reporting/HTML/Assets/combination.js"
};
static const uint8_t comparison_css[] = {
#embed "../Reporting/HTML/Assets/comparison.css"
};
static const uint8_t dark_css[] = {
#embed "../Reporting/HTML/Assets/dark.css"
};
static const uint8_t page_css[] = {
#embed "../Reporting/HTML/Assets/page.css"
};
static const uint8_t pages_js[] = {
#embed "../Reporting/HTML/Assets/pages.js"
};
static const uint8_t print_css[] = {
#embed "../Reporting/HTML/Assets/print.css"
};
static const uint8_t ranking_js[] = {
#embed "../Reporting/HTML/Assets/ranking.js"
};
static const uint8_t samples_css[] = {
#embed "../Reporting/HTML/Assets/samples.css"
};
static const uint8_t surface_js[] = {
#embed "../Reporting/HTML/Assets/surface.js"
};

static const isobole_file files[] = {
    {"charts.css", charts_css, sizeof(charts_css)},
    {"combination.css", combination_css, sizeof(combination_css)},
    {"combination.js", combination_js, sizeof(combination_js)},
    {"comparison.css", comparison_css, sizeof(comparison_css)},
    {"dark.css", dark_css, sizeof(dark_css)},
    {"page.css", page_css, sizeof(page_css)},
    {"pages.js", pages_js, sizeof(pages_js)},
    {"print.css", print_css, sizeof(print_css)},
    {"ranking.js", ranking_js, sizeof(ranking_js)},
    {"samples.css", samples_css, sizeof(samples_css)},
    {"surface.js", surface_js, sizeof(surface_js)},
};

isobole_file isobole_report_file(const char *name) {
  for (size_t place = 0; place < sizeof(files) / sizeof(files[0]); place++) {
    if (strcmp(files[place].name, name) == 0) return files[place];
  }
  return (isobole_file){0};
}
