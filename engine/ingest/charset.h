// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of any encoding we know to valid UTF-8, in blocks (robustness.md 1.2). Nothing declared:
// UTF-8, UTF-16 with a mark, or windows-1252 where that is plausible; otherwise an error.
#pragma once
#include "engine/ingest/source.h"

enum encoding {
    ENCODING_AUTO,
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_WINDOWS1252,
    ENCODING_LATIN1,
    ENCODING_LATIN9,
    ENCODING_MACROMAN,
    ENCODING_COUNT,
};
extern const char *const encoding_ids[ENCODING_COUNT]; // as dialect.encoding writes them

enum { CHARSET_BLOCK = 1 << 17 };

struct charset {
    struct source *source;
    enum encoding encoding; // in use; AUTO until the first bytes are there
    bool declared;
    bool started;
    bool beyond_ascii; // a character above U+007F was read as UTF-8
    bool bad;          // the next byte cannot be read: the text ends here, charset_bad() explains
    unsigned char bad_byte;
    const char *bad_why;
    uint64_t offset;  // bytes of the (unpacked) file consumed
    uint64_t guessed; // where the first byte of windows-1252 stood, +1; 0 = not guessed
    unsigned char guessed_byte;
    size_t start, end;
    bool ended;
    unsigned char raw[CHARSET_BLOCK];
};

// False: not the name of an encoding. "" and "auto" give ENCODING_AUTO.
bool encoding_find(const char *name, enum encoding *out);
// `c` zeroed; the source stays the caller's.
void charset_start(struct charset *c, struct source *source, enum encoding declared);
// Appends the next piece of text to `out`, at least one byte unless the text is at its end or at a
// byte that cannot be read (c->bad; nothing is said yet, since the caller knows the place).
MUST_CHECK enum status charset_read(struct charset *c, struct buf *out, struct diags *d);
// Says what is wrong with the byte at which the text stopped.
MUST_CHECK enum status charset_bad(const struct charset *c, struct where where, struct diags *d);
