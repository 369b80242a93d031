// SPDX-License-Identifier: GPL-3.0-or-later
// A survey read by several threads is the survey that one thread reads: rows in their order, codes,
// scales, design, what was rejected and what is said. The files are some pieces long.
#include "engine/ingest/pieces.h"
#include "engine/run/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

struct reading {
    struct small_run r;
    struct frame f;
    enum status status;
};

static const char head[] = "etalon: 1\nid: t\ntitle: T\nmax_rejects: 100000\nsurveys:\n  - id: s\n"
                           "    files: [a.csv, b.csv]\n";

static const char full[] =
    "    columns: {region: place, period: time, weight: w, stratum: h, cluster: c}\n"
    "    missing: {dont_know: [\"8\"]}\n    breakdowns: [seg]\n    items:\n"
    "      - {id: q, column: q, scale: satisfaction, reverse: true}\n"
    "      - {id: x, column: x, scale: number}\n"
    "      - {id: big, column: big, scale: number}\n"
    "      - {id: said, column: said, scale: category}\n";

static void read_frame(struct reading *c, const char *folder, int threads)
{
    char path[128];
    memset(c, 0, sizeof *c);
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    assert_int_equal(study_load(&c->r.study, path, &c->r.diags), OK);
    places_start(&c->r.places, &c->r.study);
    struct frame_run run = {&c->r.study, &c->r.places, &c->r.ledger, &c->r.diags, threads};
    c->status = frame_read(&c->f, &c->r.study.surveys[0], &run);
    if (c->status)
        return;
    assert_int_equal(places_finish(&c->r.places, &c->r.diags), OK);
    frame_place(&c->f, &c->r.places);
}

static void reading_end(struct reading *c)
{
    frame_free(&c->f);
    small_end(&c->r);
}

// SplitMix64, Steele, Lea and Flood 2014.
static uint64_t next(uint64_t *x)
{
    uint64_t z = *x += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

// One row in a hundred or so is odd: rejected, of weight 0, quoted, blank. `from`: number of the
// first row; longer scales and new words turn up late.
static void add_rows(struct buf *out, uint64_t seed, size_t from, size_t rows)
{
    static const char *const odd[] = {"KK,2003-05-01,-1,h1,c1,s1,3,1,1,w\n",
                                      "KK,2003-05-01,0,h1,c1,s1,3,1,1,w\n",
                                      "KK,2003-05-01,1.5,h1\n",
                                      "\n",
                                      "\"KK\",2003-05-01,2,h1,c1,\"s,9\",8,,1,\"two\nlines\"\n",
                                      "KK,2003-45-01,1,h1,c1,s1,3,1,1,w\n",
                                      "KK,2003-05-01,1,h1,c1,,7,abc,1,\n"};
    buf_text(out, "place,time,w,h,c,seg,q,x,big,said\n");
    for (size_t i = from; i < from + rows; i++) {
        uint64_t r = next(&seed);
        if (r % 97 == 0) {
            buf_text(out, odd[r / 97 % (sizeof odd / sizeof *odd)]);
            continue;
        }
        unsigned h = (unsigned)(r >> 8 & 7), late = (unsigned)(i / 1000);
        buf_print(out, "%c%u,2003-%02u-1%u,%u.%u,h%u,c%u-%u,s%u,%u,", 'A' + (int)(r >> 12 & 3),
                  late, 1 + (unsigned)(r >> 16 & 7), h, 1 + (unsigned)(r >> 20 & 15),
                  1 + (unsigned)(r >> 24 & 7), h, h, (unsigned)(r >> 28 & 31),
                  (unsigned)(r >> 34 & 3) + late, 1 + (unsigned)(r >> 36 & 3));
        if (i % 2000 == 1999) // a longer scale; a number that no scale of 18 digits holds
            buf_print(out, "%u.%0*u,98765432109876543210.%u,word%u\n", h, 1 + (int)(late % 7), late,
                      late, late);
        else
            buf_print(out, "%u,%u,word%u\n", h, late, late);
    }
}

static void put(const char *folder, const char *name, const char *text, size_t len)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    temp_write(path, text, len);
}

static void put_study(const char *folder, const char *survey)
{
    struct buf study = {0};
    buf_print(&study, "%s%s", head, survey);
    put(folder, "study.yaml", study.ptr, study.len);
    buf_free(&study);
}

static void drop(const char *folder)
{
    static const char *const names[] = {"study.yaml", "a.csv", "b.csv"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

// ---- the same?

static void same_column(const struct column *a, const struct column *b)
{
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->coded, b->coded);
    assert_int_equal(a->bytes, b->bytes);
    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->binary, b->binary);
    assert_int_equal(a->most, b->most);
    assert_true(a->unit <= b->unit && a->unit >= b->unit);
    assert_memory_equal(a->why, b->why, a->rows);
    if (a->coded)
        assert_memory_equal(a->code, b->code, a->rows * sizeof *a->code);
    else
        assert_memory_equal(a->number, b->number, a->rows * (size_t)a->bytes);
    assert_int_equal(a->codes.keys.len, b->codes.keys.len);
    for (size_t i = 0; i < a->codes.keys.len; i++)
        assert_true(str_same(a->codes.keys.at[i], b->codes.keys.at[i]));
}

static void same_frame(const struct frame *a, const struct frame *b)
{
    assert_int_equal(a->rows, b->rows);
    assert_memory_equal(a->region, b->region, a->rows * sizeof *a->region);
    assert_memory_equal(a->period, b->period, a->rows * sizeof *a->period);
    assert_memory_equal(a->weight, b->weight, a->rows * sizeof *a->weight);
    assert_memory_equal(a->w, b->w, a->rows * sizeof *a->w);
    assert_int_equal(a->weight_scale, b->weight_scale);
    assert_int_equal(a->design.unit_count, b->design.unit_count);
    assert_int_equal(a->design.stratum_count, b->design.stratum_count);
    assert_memory_equal(a->design.unit, b->design.unit, a->rows * sizeof *a->design.unit);
    for (size_t i = 0; i < a->variable_count; i++)
        same_column(a->variables[i].column, b->variables[i].column);
    for (size_t i = 0; i < a->breakdown_count; i++)
        same_column(&a->breakdowns[i].column, &b->breakdowns[i].column);
}

static void same_ledger(const struct ledger *a, const struct ledger *b)
{
    assert_int_equal(a->files.len, b->files.len);
    for (size_t i = 0; i < a->files.len; i++) {
        const struct file_count *x = &a->files.at[i], *y = &b->files.at[i];
        assert_int_equal(x->read, y->read);
        assert_int_equal(x->used, y->used);
        assert_int_equal(x->rejected, y->rejected);
        assert_int_equal(x->zero_weight, y->zero_weight);
        assert_int_equal(x->blank_lines, y->blank_lines);
        assert_string_equal(x->sha256, y->sha256);
        assert_memory_equal(x->by_reason, y->by_reason, sizeof x->by_reason);
    }
    assert_int_equal(a->columns.len, b->columns.len);
    for (size_t i = 0; i < a->columns.len; i++)
        assert_memory_equal(a->columns.at[i].by, b->columns.at[i].by, sizeof a->columns.at[i].by);
    assert_int_equal(a->rejects.len, b->rejects.len);
    for (size_t i = 0; i < a->rejects.len; i++) {
        assert_int_equal(a->rejects.at[i].file, b->rejects.at[i].file);
        assert_int_equal(a->rejects.at[i].line, b->rejects.at[i].line);
        assert_int_equal(a->rejects.at[i].reason, b->rejects.at[i].reason);
        assert_string_equal(a->rejects.at[i].text, b->rejects.at[i].text);
    }
}

static void same_words(const struct diags *a, const struct diags *b)
{
    assert_int_equal(a->list.len, b->list.len);
    for (size_t i = 0; i < a->list.len; i++)
        assert_string_equal(a->list.at[i].text, b->list.at[i].text);
}

// Reads the study in the folder with one thread and with three, and drops it.
static void both_ways(struct reading *one, struct reading *three, const char *folder)
{
    char path[64];
    snprintf(path, sizeof path, "%s", folder);
    read_frame(one, path, 1);
    read_frame(three, path, 3);
    drop(path);
    assert_int_equal(one->status, three->status);
    same_ledger(&one->r.ledger, &three->r.ledger);
    same_words(&one->r.diags, &three->r.diags);
}

static void test_same_frame(void **state)
{
    struct buf a = {0}, b = {0};
    struct reading one, three;
    char folder[64];
    (void)state;
    snprintf(folder, sizeof folder, "%s", temp_folder());
    add_rows(&a, 1, 0, 50000);
    add_rows(&b, 2, 50000, 30000);
    assert_true(a.len > 2 * PIECE_BYTES && b.len > PIECE_BYTES);
    put(folder, "a.csv", a.ptr, a.len);
    put(folder, "b.csv", b.ptr, b.len);
    put_study(folder, full);
    both_ways(&one, &three, folder);
    assert_int_equal(one.status, OK);
    assert_true(one.r.ledger.rejects.len > 100);
    assert_true(one.f.variables[2].column->binary && one.f.variables[1].column->scale == 7);
    same_frame(&one.f, &three.f);
    reading_end(&one);
    reading_end(&three);
    buf_free(&a);
    buf_free(&b);
}

static void test_same_error(void **state)
{
    // A blank stratum far behind: the message counts the rows, whoever read them.
    struct buf a = {0};
    struct reading one, three;
    char folder[64];
    (void)state;
    snprintf(folder, sizeof folder, "%s", temp_folder());
    add_rows(&a, 3, 0, 30000);
    put(folder, "b.csv", a.ptr, a.len);
    buf_text(&a, "KK,2003-05-01,1,,c1,s1,3,1,1,w\n");
    put(folder, "a.csv", a.ptr, a.len);
    put_study(folder, full);
    both_ways(&one, &three, folder);
    assert_int_equal(one.status, FAIL_DATA);
    assert_non_null(strstr(one.r.diags.list.at[one.r.diags.list.len - 1].text, "blank in 1 of"));
    reading_end(&one);
    reading_end(&three);
    buf_free(&a);
}

static void test_nothing_used(void **state)
{
    struct reading one, three;
    char folder[64];
    static const char none[] = "place,time,w,h,c,seg,q,x,big,said\nA,2003-05-01,0,h,c,s,1,1,1,w\n";
    (void)state;
    snprintf(folder, sizeof folder, "%s", temp_folder());
    put(folder, "a.csv", none, strlen(none));
    put(folder, "b.csv", none, strlen(none));
    put_study(folder, full);
    both_ways(&one, &three, folder);
    assert_int_equal(one.status, FAIL_DATA);
    reading_end(&one);
    reading_end(&three);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_frame),
                                       cmocka_unit_test(test_same_error),
                                       cmocka_unit_test(test_nothing_used)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
