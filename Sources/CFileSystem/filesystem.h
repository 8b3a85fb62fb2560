// Calls of Linux that Swift does not show (renameat2 is declared only with _GNU_SOURCE), and `struct stat` under a name
// of its own: Swift takes it for a part of whichever module includes <sys/stat.h> first.
#ifndef ISOBOLE_FILESYSTEM_H
#define ISOBOLE_FILESYSTEM_H

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern int renameat2(int, const char *, int, const char *, unsigned int);

// Two names change places in one step. 0, or what errno says.
static inline int isobole_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, 2 /* RENAME_EXCHANGE */) == 0 ? 0 : errno;
}

// A new name that must not be taken yet. 0, or what errno says; EEXIST when it is taken.
static inline int isobole_rename_path_new(const char *old, const char *name) {
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

// Renames; fails with EEXIST where the new name is taken.
static inline int isobole_rename_new(int from, const char *name, int to, const char *other) {
  return (int)syscall(SYS_renameat2, from, name, to, other, 1u /* RENAME_NOREPLACE */);
}

// Exchanges what two names stand for, in one step.
static inline int isobole_rename_exchange(int from, const char *name, int to, const char *other) {
  return (int)syscall(SYS_renameat2, from, name, to, other, 2u /* RENAME_EXCHANGE */);
}

// Whether an open directory is where a file system is mounted. Not where the kernel (before 5.8) cannot tell.
static inline int isobole_is_mount_root(int descriptor) {
  uint64_t status[32];  // struct statx has 256 bytes; its second word is stx_attributes
  memset(status, 0, sizeof status);
  if (syscall(SYS_statx, descriptor, "", 0x1000 /* AT_EMPTY_PATH */, 0u, status) != 0) return 0;
  return (status[1] & 0x2000 /* STATX_ATTR_MOUNT_ROOT */) != 0;
}

#endif
