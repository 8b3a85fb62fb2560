#include "LibCSVFloor.h"

#include <csv.h>

static void end_of_field(void *field, size_t length, void *count) {
  (void)field;
  (void)length;
  ++*(long *)count;
}

static void end_of_row(int terminator, void *count) {
  (void)terminator;
  (void)count;
}

long count_fields(const char *text, size_t length) {
  struct csv_parser parser;
  if (csv_init(&parser, 0) != 0) return -1;
  csv_set_blk_size(&parser, 1 << 16);
  long count = 0;
  size_t read = csv_parse(&parser, text, length, end_of_field, end_of_row, &count);
  csv_fini(&parser, end_of_field, end_of_row, &count);
  csv_free(&parser);
  return read == length ? count : -1;
}
