// SPDX-License-Identifier: GPL-3.0-or-later
// Files that a test needs only for itself. Included after cmocka.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A new folder; the name is static.
static inline const char *temp_folder(void)
{
    static char name[64];
    snprintf(name, sizeof name, "/tmp/etalon-test-XXXXXX");
    assert_non_null(mkdtemp(name));
    return name;
}

static inline void temp_write(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}
