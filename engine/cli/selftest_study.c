// SPDX-License-Identifier: GPL-3.0-or-later
// A study of the self-test: written to a temporary folder, run, its rows looked up.
#include "engine/base/file.h"
#include "engine/cli/pipeline.h"
#include "engine/cli/selftest.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// ---- the folder

static enum status write_file(const char *folder, const char *name, const struct buf *text,
                              struct diags *d)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool written = fd >= 0 && file_write_all(fd, text->ptr, text->len) == 0;
    if (fd >= 0)
        written = close(fd) == 0 && written;
    return written ? OK : diag(d, E0605, (struct where){path, 0, 0}, "cannot be written");
}

void selftest_file_text(const struct selftest_file *f, struct buf *out)
{
    for (size_t i = 0; f->text && f->text[i]; i++)
        buf_text(out, f->text[i]);
    if (f->make)
        f->make(out, f->base, f->rows);
}

static enum status write_study(const struct selftest_study *s, const char *folder, struct diags *d)
{
    struct buf text = {0};
    buf_text(&text, s->yaml);
    enum status status = write_file(folder, "study.yaml", &text, d);
    for (size_t i = 0; !status && i < SELFTEST_FILES && s->files[i].name; i++) {
        const struct selftest_file *f = &s->files[i];
        buf_clear(&text);
        selftest_file_text(f, &text);
        status = write_file(folder, f->name, &text, d);
    }
    buf_free(&text);
    return status;
}

static void remove_file(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)unlink(path);
}

static void remove_study(const struct selftest_study *s, const char *folder)
{
    for (size_t i = 0; i < SELFTEST_FILES && s->files[i].name; i++)
        remove_file(folder, s->files[i].name);
    remove_file(folder, "study.yaml");
    (void)rmdir(folder);
}

// ---- rows, by the first fields of their line in the CSV file

struct field {
    const char *name;
    size_t offset;
};
static const struct field estimate_fields[] = {
    {"value", offsetof(struct estimate, value)},
    {"se", offsetof(struct estimate, se)},
    {"ci_low", offsetof(struct estimate, low)},
    {"ci_high", offsetof(struct estimate, high)},
    {"df", offsetof(struct estimate, df)},
    {"n", offsetof(struct estimate, n)},
    {"effective_n", offsetof(struct estimate, effective_n)},
    {"deff", offsetof(struct estimate, deff)},
    {"numerator", offsetof(struct estimate, numerator)},
    {"denominator", offsetof(struct estimate, denominator)},
    {NULL, 0},
};
static const struct field comparison_fields[] = {
    {"difference", offsetof(struct comparison, difference)},
    {"se", offsetof(struct comparison, se)},
    {"df", offsetof(struct comparison, df)},
    {"p", offsetof(struct comparison, p)},
    {"p_adjusted", offsetof(struct comparison, p_adjusted)},
    {"effect", offsetof(struct comparison, effect)},
    {NULL, 0},
};
static const struct field test_fields[] = {
    {"statistic", offsetof(struct test, statistic)},
    {"df1", offsetof(struct test, df1)},
    {"df2", offsetof(struct test, df2)},
    {"p", offsetof(struct test, p)},
    {NULL, 0},
};
static void key_of_estimate(struct buf *out, const struct results *r, const void *row)
{
    const struct estimate *e = row;
    char period[PERIOD_TEXT];
    buf_print(out, "%s,%s,%s,%s,%s,%s", e->indicator->label.id, e->item,
              places_region_id(r->places, e->region), period_text(e->period, period), e->by,
              e->level);
}

static void key_of_comparison(struct buf *out, const struct results *r, const void *row)
{
    const struct comparison *c = row;
    char period[PERIOD_TEXT];
    buf_print(out, "%s,%s,%s,%s,%s,%s,%s,%s,%s", c->indicator->label.id, c->item,
              c->region == REGION_EMPTY ? "" : places_region_id(r->places, c->region),
              period_text(c->period, period), c->by, c->level, c->kind, c->a, c->b);
}

static void key_of_test(struct buf *out, const struct results *r, const void *row)
{
    const struct test *t = row;
    char period[PERIOD_TEXT];
    buf_print(out, "%s,%s,%s,%s,%s", t->test, t->item, places_region_id(r->places, t->region),
              period_text(t->period, period), t->by);
}

struct sheet {
    const void *rows;
    size_t count, size;
    void (*key)(struct buf *out, const struct results *r, const void *row);
    const struct field *fields;
};

static struct sheet sheet_of(const struct results *r, enum selftest_sheet which)
{
    switch (which) {
    case ESTIMATES:
        return (struct sheet){r->estimates.at, r->estimates.len, sizeof *r->estimates.at,
                              key_of_estimate, estimate_fields};
    case COMPARISONS:
        return (struct sheet){r->comparisons.at, r->comparisons.len, sizeof *r->comparisons.at,
                              key_of_comparison, comparison_fields};
    case TESTS:
        return (struct sheet){r->tests.at, r->tests.len, sizeof *r->tests.at, key_of_test,
                              test_fields};
    case REGRESSION: // selftest_regress
        break;
    }
    return (struct sheet){0};
}

static const void *find_row(const struct sheet *s, const struct results *r, const char *key)
{
    struct buf text = {0};
    const char *found = NULL;
    for (size_t i = 0; !found && i < s->count; i++) {
        const char *row = (const char *)s->rows + i * s->size;
        buf_clear(&text);
        s->key(&text, r, row);
        while (text.len && text.ptr[text.len - 1] == ',')
            text.len--;
        if (str_is(buf_view(&text), key))
            found = row;
    }
    buf_free(&text);
    return found;
}

static double look_up(const struct results *r, const struct selftest_expect *e)
{
    struct sheet s = sheet_of(r, e->sheet);
    const char *row = find_row(&s, r, e->key);
    const struct field *f = s.fields;
    double got;
    while (f->name && strcmp(f->name, e->field) != 0)
        f++;
    if (!row || !f->name)
        return NAN;
    memcpy(&got, row + f->offset, sizeof got);
    return got;
}

// ---- the study

void selftest_name(char *out, size_t size, const struct selftest_study *s,
                   const struct selftest_expect *e)
{
    snprintf(out, size, "%s: %s %s", s->name, e->key, e->field);
}

static void judge(struct selftest *t, const struct selftest_study *s, const struct results *r)
{
    char name[256];
    for (size_t i = 0; i < s->count; i++) {
        const struct selftest_expect *e = &s->expects[i];
        selftest_name(name, sizeof name, s, e);
        selftest_tell(t, name, e->wanted, e->digits != 0 ? e->digits : s->digits, look_up(r, e),
                      s->source);
    }
}

// What goes wrong inside a study is a miss of its values, and the first reason is passed on.
static void pass_on(struct selftest *t, const struct selftest_study *s, const struct diags *d)
{
    for (size_t i = 0; i < d->list.len; i++)
        if (code_table[d->list.at[i].code].severity == SEVERITY_ERROR) {
            (void)diag(t->diags, E0910, (struct where){0}, "%s: %s", s->name, d->list.at[i].text);
            return;
        }
}

enum status selftest_study(struct selftest *t, const struct selftest_study *s)
{
    const char *base = getenv("TMPDIR");
    char folder[256], path[300];
    snprintf(folder, sizeof folder, "%s/etalon-selftest-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder))
        return diag(t->diags, E0601, (struct where){folder, 0, 0}, "cannot make this folder");
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    struct options o = {.max_rejects = NAN, .threads = 1};
    vec_push(&o.arguments, path);
    struct pipeline p = {0};
    struct diags d = {0};
    enum status status = write_study(s, folder, t->diags);
    enum status inside = status ? status : pipeline_load(&p, &o, &d);
    if (!inside)
        inside = pipeline_read(&p, &d);
    if (!inside)
        inside = pipeline_compute(&p, &o, &d);
    if (!status) {
        pass_on(t, s, &d);
        judge(t, s, &p.results);
    }
    pipeline_free(&p);
    diags_free(&d);
    vec_free(&o.arguments);
    remove_study(s, folder);
    return status;
}
