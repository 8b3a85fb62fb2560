#include <stddef.h>

/// Splits text into fields with libcsv, by callbacks that only count: the floor for a reader that splits with libcsv.
/// Answers the number of fields, or -1.
long count_fields(const char *text, size_t length);
