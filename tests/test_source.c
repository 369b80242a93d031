// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed and plain files, whole and damaged.
#include "engine/ingest/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/temp_file.h"

struct made {
    char path[128];
    struct buf bytes;
};

static void setup(struct made *m)
{
    *m = (struct made){0};
    snprintf(m->path, sizeof m->path, "%s/x", temp_folder());
}

static void teardown(struct made *m)
{
    unlink(m->path);
    *strrchr(m->path, '/') = '\0';
    rmdir(m->path);
    buf_free(&m->bytes);
}

static void add_gzip(struct buf *out, const char *text)
{
    unsigned char to[4096];
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)text, .avail_in = (uInt)strlen(text)};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_out = to;
    z.avail_out = sizeof to;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_put(out, (char *)to, sizeof to - z.avail_out);
    deflateEnd(&z);
}

static void add_zstd(struct buf *out, const char *text)
{
    char to[4096];
    size_t len = ZSTD_compress(to, sizeof to, text, strlen(text), 3);
    assert_false(ZSTD_isError(len));
    buf_put(out, to, len);
}

static enum status read_all(const char *path, struct buf *out, struct diags *d)
{
    enum status status;
    struct source *s = source_open(path, 0, false, d, &status);
    char block[7]; // small, so that members and blocks do not meet
    size_t got = 1;
    while (!status && got) {
        status = source_read(s, block, sizeof block, &got, d);
        if (!status)
            buf_put(out, block, got);
        if (out->len > 1 << 20)
            buf_clear(out);
    }
    uint64_t bytes;
    char sum[SHA256_HEX];
    if (!status)
        status = source_finish(s, &bytes, sum, d);
    source_close(s);
    return status;
}

static void expect(struct made *m, enum status status, enum code code, const char *text)
{
    struct diags d = {0};
    struct buf out = {0};
    temp_write(m->path, m->bytes.ptr ? m->bytes.ptr : "", m->bytes.len);
    assert_int_equal(read_all(m->path, &out, &d), status);
    if (status)
        assert_int_equal(d.counts[code], 1);
    else
        assert_string_equal(out.ptr, text);
    buf_free(&out);
    diags_free(&d);
}

static void test_plain(void **state)
{
    (void)state;
    struct made m;
    setup(&m);
    buf_text(&m.bytes, "a,b\n1,2\n");
    expect(&m, OK, E0901, "a,b\n1,2\n");
    teardown(&m);
}

static void test_members(void **state)
{
    (void)state;
    void (*const add[])(struct buf *, const char *) = {add_gzip, add_zstd};
    for (int i = 0; i < 2; i++) {
        struct made m;
        setup(&m);
        add[i](&m.bytes, "first member, ");
        add[i](&m.bytes, "");
        add[i](&m.bytes, "second member");
        expect(&m, OK, E0901, "first member, second member");
        teardown(&m);
    }
}

static void test_cut_anywhere(void **state)
{
    (void)state;
    void (*const add[])(struct buf *, const char *) = {add_gzip, add_zstd};
    for (int i = 0; i < 2; i++) {
        struct made m;
        setup(&m);
        add[i](&m.bytes, "some text, some text");
        for (size_t len = m.bytes.len - 1; len > 4; len--) {
            m.bytes.len = len;
            expect(&m, FAIL_DATA, E0205, NULL);
        }
        teardown(&m);
    }
}

static void test_corrupt(void **state)
{
    (void)state;
    struct made m;
    setup(&m);
    add_gzip(&m.bytes, "some text, some text");
    m.bytes.ptr[m.bytes.len - 6] ^= 1; // in the checksum
    expect(&m, FAIL_DATA, E0206, NULL);
    teardown(&m);
}

static void test_garbage_after(void **state)
{
    (void)state;
    void (*const add[])(struct buf *, const char *) = {add_gzip, add_zstd};
    for (int i = 0; i < 2; i++) {
        struct made m;
        setup(&m);
        add[i](&m.bytes, "some text");
        buf_text(&m.bytes, "garbage");
        expect(&m, FAIL_DATA, E0207, NULL);
        teardown(&m);
    }
}

// 80 MiB of zeros in one zstd frame of some kilobytes.
static void test_bomb(void **state)
{
    (void)state;
    struct made m;
    setup(&m);
    size_t len = 80u << 20, room = ZSTD_compressBound(len);
    void *zeros = calloc(1, len), *packed = malloc(room);
    size_t got = ZSTD_compress(packed, room, zeros, len, 1);
    buf_put(&m.bytes, packed, got);
    free(zeros);
    free(packed);
    temp_write(m.path, m.bytes.ptr, m.bytes.len);
    struct diags d = {0};
    enum status status;
    static char block[1 << 20];
    struct source *s = source_open(m.path, 0, false, &d, &status);
    size_t total = 0, more = 1;
    while (!status && more) {
        status = source_read(s, block, sizeof block, &more, &d);
        total += more;
    }
    source_close(s);
    assert_int_equal(status, FAIL_DATA);
    assert_int_equal(d.counts[E0208], 1);
    assert_in_range(total, 0, 66u << 20);
    diags_free(&d);
    teardown(&m);
}

// A file that grows while it is read: FAIL_RETRY.
static void test_changed(void **state)
{
    (void)state;
    struct made m;
    setup(&m);
    temp_write(m.path, "a\n1\n", 4);
    struct diags d = {0};
    enum status status;
    struct source *s = source_open(m.path, 0, false, &d, &status);
    char block[16];
    size_t got;
    assert_int_equal(source_read(s, block, sizeof block, &got, &d), OK);
    temp_write(m.path, "a\n1\n2\n", 6);
    uint64_t bytes;
    char sum[SHA256_HEX];
    assert_int_equal(source_finish(s, &bytes, sum, &d), FAIL_RETRY);
    source_close(s);
    diags_free(&d);
    teardown(&m);
}

// The sum is that of FIPS 180-2's example "abc".
static void test_sum(void **state)
{
    (void)state;
    struct made m;
    setup(&m);
    temp_write(m.path, "abc", 3);
    struct diags d = {0};
    enum status status;
    struct source *s = source_open(m.path, 0, false, &d, &status);
    char block[16], sum[SHA256_HEX];
    size_t got = 1;
    while (got)
        assert_int_equal(source_read(s, block, sizeof block, &got, &d), OK);
    uint64_t bytes;
    assert_int_equal(source_finish(s, &bytes, sum, &d), OK);
    assert_int_equal(bytes, 3);
    assert_string_equal(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    source_close(s);
    diags_free(&d);
    teardown(&m);
}

static void test_not_a_file(void **state)
{
    (void)state;
    struct diags d = {0};
    enum status status;
    assert_null(source_open("tests/csv/absent.csv", 0, false, &d, &status));
    assert_int_equal(status, FAIL_INPUT);
    assert_null(source_open("tests/csv", 0, false, &d, &status));
    assert_int_equal(status, FAIL_INPUT);
    assert_null(source_open("/dev/null", 0, false, &d, &status));
    assert_int_equal(status, FAIL_INPUT);
    assert_int_equal(d.counts[E0201] + d.counts[E0202] + d.counts[E0210], 3);
    diags_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),         cmocka_unit_test(test_members),
        cmocka_unit_test(test_cut_anywhere),  cmocka_unit_test(test_corrupt),
        cmocka_unit_test(test_garbage_after), cmocka_unit_test(test_bomb),
        cmocka_unit_test(test_changed),       cmocka_unit_test(test_sum),
        cmocka_unit_test(test_not_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
