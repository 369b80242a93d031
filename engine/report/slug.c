// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/slug.h"

#include "engine/base/file.h"

enum { SLUG_LONGEST = 64, SLUG_HASH = 8 };

// Names that mean something else: the whole of a study, and devices of another system.
static const char *const reserved[] = {
    "",     "all",  "aux",  "con",  "nul",  "prn",  "com1", "com2", "com3", "com4", "com5", "com6",
    "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
};

static bool is_reserved(const char *slug)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(slug, reserved[i]) == 0)
            return true;
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

char *slug_of(struct arena *a, const char *id)
{
    char *slug = arena_alloc(a, SLUG_LONGEST + 1 + SLUG_HASH + 1, 1);
    size_t len = 0;
    bool same = true;
    for (const char *at = id; *at; at++) {
        char c = lower(*at);
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        same = same && plain && len < SLUG_LONGEST;
        if (len < SLUG_LONGEST)
            slug[len++] = plain ? c : '-';
    }
    if (same && !is_reserved(slug))
        return slug;
    char hex[SHA256_HEX];
    sha256_of(str_of(id), hex);
    slug[len++] = '-';
    memcpy(slug + len, hex, SLUG_HASH);
    return slug;
}
