#ifndef ISOBOLE_RESOURCES_H
#define ISOBOLE_RESOURCES_H

#include <stddef.h>
#include <stdint.h>

/// A file that is a part of the program. `name` is `NULL` of none.
typedef struct {
  const char *name;
  const uint8_t *bytes;
  size_t count;
} isobole_file;

/// The registry of compounds.
isobole_file isobole_compounds_file(void);

/// The style sheet or script of reports of this name; none where there is no such file.
isobole_file isobole_report_file(const char *name);

/// The web app's file at a place, from 0; none behind the last. Files in folders have these in their names.
isobole_file isobole_web_file(size_t place);

#endif
