// Calls of Linux that Glibc's module does not show to Swift.
#pragma once
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

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
