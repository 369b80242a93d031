// SPDX-License-Identifier: GPL-3.0-or-later
// Files: reading one whole, SHA-256, writing everything, and stopping when a signal asks.
#pragma once
#include "engine/base/err.h"

// Reads a file of at most `limit` bytes into the arena (NUL-terminated beyond its length).
MUST_CHECK enum status file_read(struct arena *a, const char *path, size_t limit, struct str *out,
                                 struct diags *d);
// Writes all bytes to a descriptor: short writes and interruptions are not errors. 0 or errno.
int file_write_all(int fd, const char *bytes, size_t len);

enum { SHA256_HEX = 65 };
struct sha256 {
    void *state;
};
void sha256_start(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t len);
void sha256_end(struct sha256 *s, char hex[SHA256_HEX]); // frees the state
void sha256_drop(struct sha256 *s);                      // frees the state, no sum
void sha256_of(struct str bytes, char hex[SHA256_HEX]);

// Path of `name` seen from the folder of the file `base`: absolute names stay as they are.
char *path_beside(struct arena *a, const char *base, const char *name);
const char *path_name(const char *path); // after the last slash

// Signals (robustness.md C5): a handler sets a flag, long loops look at it.
void stop_install(void);
int stop_asked(void); // 0, or the number of the signal
