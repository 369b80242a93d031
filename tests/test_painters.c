// SPDX-License-Identifier: GPL-3.0-or-later
// PNG pictures: painted by etalon-paint from gnuplot's SVG where it is there and does its work, by
// gnuplot where it is not; the same charts at the same size either way.
#include "tests/help_run.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { AT_WIDTH = 16, AT_HEIGHT = 20, AT_DEPTH = 24, AT_COLOUR = 25 }; // bytes of a PNG, ISO 15948
enum { PALETTE = 3 };                                                  // colour type

static char *painter_path(void)
{
    struct buf path = {0};
    buf_print(&path, "%s-paint", program_path());
    return path.ptr;
}

static bool painter_there(void)
{
    char *path = painter_path();
    bool there = access(path, X_OK) == 0;
    free(path);
    return there;
}

static void copy_program(const char *name)
{
    char *to = scratch_path(name);
    struct buf bytes = read_whole(program_path());
    FILE *file = fopen(to, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(to, 0755), 0);
    buf_free(&bytes);
    free(to);
}

static uint32_t number_at(const struct buf *b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b->ptr + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

struct seen {
    int charts, palettes;
    uint64_t pixels;
};

// The limits of memory that a painter runs under leave no room for a sanitizer's own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool painter_runs = false;
#else
static const bool painter_runs = true;
#endif

// Runs the program at `program` and looks at the heads of its pictures.
static struct seen draw(const char *program, const char *out)
{
    struct seen seen = {0};
    struct buf command = {0};
    char *folder = scratch_path(out);
    buf_print(&command,
              "%s run tests/golden/plain -q -o %s --formats csv --lang en --charts png "
              "2>/dev/null",
              program, folder);
    assert_int_equal(system(command.ptr), 0); // NOLINT(cert-env33-c): paths of our own
    buf_clear(&command);
    buf_print(&command, "%s/charts/all", folder);
    DIR *all = opendir(command.ptr);
    assert_non_null(all);
    for (struct dirent *e; (e = readdir(all));) {
        if (!strstr(e->d_name, ".png"))
            continue;
        struct buf path = {0};
        buf_print(&path, "%s/%s", command.ptr, e->d_name);
        struct buf bytes = read_whole(path.ptr);
        assert_true(bytes.len > 100);
        assert_int_equal(bytes.ptr[AT_DEPTH], 8);
        seen.charts++;
        seen.palettes += bytes.ptr[AT_COLOUR] == PALETTE;
        seen.pixels += (uint64_t)number_at(&bytes, AT_WIDTH) * number_at(&bytes, AT_HEIGHT);
        buf_free(&bytes);
        buf_free(&path);
    }
    closedir(all);
    buf_free(&command);
    free(folder);
    return seen;
}

static void gnuplot_draws_where_there_is_no_painter(void **state)
{
    (void)state;
    if (!painter_runs || !painter_there())
        skip();
    copy_program("etalon");
    char *alone = scratch_path("etalon");
    struct seen painted = draw(program_path(), "painted"), drawn = draw(alone, "drawn");
    assert_true(painted.charts > 0);
    assert_int_equal(painted.palettes, painted.charts);
    assert_int_equal(drawn.charts, painted.charts);
    assert_int_equal(drawn.palettes, 0);
    assert_int_equal(drawn.pixels, painted.pixels);
    free(alone);
}

// One that ends at once, one that says it failed, one that says it drew and did not.
static void gnuplot_draws_what_a_painter_does_not(void **state)
{
    (void)state;
    static const char *const painters[] = {
        "#!/bin/sh\nexit 1\n",
        "#!/bin/sh\nwhile read -r i; do echo \"chart $i.1 errno 1\"; done\n",
        "#!/bin/sh\nwhile read -r i; do echo \"chart $i.1 errno 0\"; done\n",
    };
    copy_program("etalon");
    char *program = scratch_path("etalon"), *painter = scratch_path("etalon-paint");
    for (size_t i = 0; i < sizeof painters / sizeof *painters; i++) {
        scratch_write("etalon-paint", painters[i]);
        assert_int_equal(chmod(painter, 0755), 0);
        char out[] = "broken-0";
        out[7] = (char)('0' + i);
        struct seen seen = draw(program, out);
        assert_true(seen.charts > 0);
        assert_int_equal(seen.palettes, 0);
    }
    free(program);
    free(painter);
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gnuplot_draws_where_there_is_no_painter),
        cmocka_unit_test(gnuplot_draws_what_a_painter_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
