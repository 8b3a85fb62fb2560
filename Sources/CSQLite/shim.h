#include <sqlite3.h>

/// Binds text that SQLite copies: its constant for that is a cast that Swift does not take over.
static inline int sqlite3_bind_text_copy(sqlite3_stmt *statement, int position, const char *text, int bytes) {
  return sqlite3_bind_text(statement, position, text, bytes, SQLITE_TRANSIENT);
}

/// Binds bytes that SQLite copies.
static inline int sqlite3_bind_blob_copy(sqlite3_stmt *statement, int position, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, position, bytes, count, SQLITE_TRANSIENT);
}
