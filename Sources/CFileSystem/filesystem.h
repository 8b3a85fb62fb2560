// Calls of Linux that Swift does not show (renameat2 is declared only with _GNU_SOURCE), and `struct stat` under a name
// of its own: Swift takes it for a part of whichever module includes <sys/stat.h> first.
#ifndef ISOBOLE_FILESYSTEM_H
#define ISOBOLE_FILESYSTEM_H

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

extern int renameat2(int, const char *, int, const char *, unsigned int);

// Two names change places in one step. 0, or what errno says.
static inline int isobole_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, 2 /* RENAME_EXCHANGE */) == 0 ? 0 : errno;
}

// A new name that must not be taken yet. 0, or what errno says; EEXIST when it is taken.
static inline int isobole_rename_new(const char *old, const char *name) {
  return renameat2(AT_FDCWD, old, AT_FDCWD, name, 1 /* RENAME_NOREPLACE */) == 0 ? 0 : errno;
}

typedef struct {
  int fault; // 0, or what errno says: ENOENT when there is no such thing
  _Bool is_file;
  _Bool is_directory;
  long long size;
  unsigned long long device;
  unsigned long long number;
  unsigned int user;
  unsigned int group;
} isobole_entry;

static inline isobole_entry isobole_entry_of(int result, const struct stat *status) {
  isobole_entry entry = {result == 0 ? 0 : errno};
  if (result != 0) return entry;
  entry.is_file = S_ISREG(status->st_mode);
  entry.is_directory = S_ISDIR(status->st_mode);
  entry.size = status->st_size;
  entry.device = status->st_dev;
  entry.number = status->st_ino;
  entry.user = status->st_uid;
  entry.group = status->st_gid;
  return entry;
}

// What is at a path; a symbolic link is itself.
static inline isobole_entry isobole_look(const char *path) {
  struct stat status;
  int result = lstat(path, &status);
  return isobole_entry_of(result, &status);
}

// What is at a path, through symbolic links.
static inline isobole_entry isobole_follow(const char *path) {
  struct stat status;
  int result = stat(path, &status);
  return isobole_entry_of(result, &status);
}

// What a descriptor is open on.
static inline isobole_entry isobole_opened(int descriptor) {
  struct stat status;
  int result = fstat(descriptor, &status);
  return isobole_entry_of(result, &status);
}

#endif
