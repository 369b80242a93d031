// SPDX-License-Identifier: GPL-3.0-or-later
// NIST's regressions through the function behind key drivers: moments, then all coefficients.
#include "engine/cli/selftest.h"
#include "engine/stats/drivers.h"
#include "engine/stats/exact.h"
#include "engine/stats/matrix.h"

#include <math.h>
#include <stdlib.h>

struct table {
    VEC(quad) cells;
    size_t columns, rows;
};

// The rows after the header, of a file without quotes.
static void read_table(struct table *t, const struct buf *text)
{
    const char *at = text->ptr + strcspn(text->ptr, "\n");
    for (const char *c = text->ptr; c <= at; c++)
        t->columns += *c == ',' || *c == '\n';
    while (*at && at[1]) {
        struct decimal d = {0};
        double unused;
        struct str field = {at + 1, strcspn(at + 1, ",\n")};
        if (num_read(field, '.', (struct str){0}, &d, &unused) == NUM_OK)
            vec_push(&t->cells, matrix_decimal(d));
        at += 1 + field.len;
    }
    t->rows = t->cells.len / t->columns;
}

static double value_of(const struct drivers *fit, const quad *cov, size_t columns,
                       const struct selftest_expect *e)
{
    const char *x = strrchr(e->key, 'x');
    size_t i = x ? strtoul(x + 1, NULL, 10) : 0;
    if (strcmp(e->field, "r_squared") == 0)
        return fit->r_squared;
    if (i < 1 || i > fit->p)
        return NAN;
    return (double)(exact_sqrt(cov[0] / cov[i * columns + i]) * fit->share[i - 1].beta);
}

void selftest_regress(struct selftest *t, const struct selftest_study *s)
{
    struct buf text = {0};
    struct table table = {0};
    struct drivers fit = {0};
    selftest_file_text(&s->files[0], &text);
    read_table(&table, &text);
    quad *mean = mem_new(table.columns, sizeof *mean);
    quad *cov = mem_new(table.columns * table.columns, sizeof *cov);
    matrix_moments(table.cells.at, NULL, table.rows, table.columns, mean, cov);
    drivers_compute(cov, table.columns - 1, &fit);
    for (size_t i = 0; i < s->count; i++) {
        const struct selftest_expect *e = &s->expects[i];
        char name[256];
        selftest_name(name, sizeof name, s, e);
        selftest_tell(t, name, e->wanted, e->digits > 0 ? e->digits : s->digits,
                      value_of(&fit, cov, table.columns, e), s->source);
    }
    drivers_free(&fit);
    mem_free(mean);
    mem_free(cov);
    vec_free(&table.cells);
    buf_free(&text);
}
