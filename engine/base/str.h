// SPDX-License-Identifier: GPL-3.0-or-later
// Text: a borrowed slice and a growing buffer.
#pragma once
#include "engine/base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Bytes somebody else owns; not terminated by NUL.
struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){literal, sizeof(literal) - 1})

static inline struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

bool str_same(struct str a, struct str b);
bool str_is(struct str a, const char *text);
int str_order(struct str a, struct str b); // by bytes, like strcmp
struct str str_trim(struct str s);         // ASCII blanks and tabs at both ends
bool str_starts(struct str s, const char *prefix);
uint64_t str_hash(struct str s);
// Number of edits (insert, delete, replace, swap of neighbours) between two words of up to 63
// bytes.
size_t str_distance(struct str a, struct str b);
// The candidate nearest to `word`, NULL when none is near enough to suggest (a third of its
// length).
const char *str_nearest(const char *word, const char *const *candidates, size_t count);

// A growing buffer, always terminated by NUL once something was put in. Zeroed = empty.
struct buf {
    char *ptr;
    size_t len, cap;
};

void buf_put(struct buf *b, const char *bytes, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_str(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
__attribute__((format(printf, 2, 3))) void buf_print(struct buf *b, const char *format, ...);
void buf_clear(struct buf *b); // empty again, memory kept
void buf_free(struct buf *b);

static inline struct str buf_view(const struct buf *b)
{
    return (struct str){b->ptr ? b->ptr : "", b->len};
}
