// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/adjust.h"

#include <math.h>
#include <stdlib.h>

struct row {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

// Step down: max over j <= i of (m - j + 1)·p_(j) (Holm 1979).
static void holm(const struct row *rows, size_t m, double *out)
{
    double largest = 0;
    for (size_t i = 0; i < m; i++) {
        largest = fmax(largest, (double)(m - i) * rows[i].p);
        out[rows[i].at] = fmin(largest, 1);
    }
}

// Step up: min over j >= i of (m/j)·p_(j) (Benjamini, Hochberg 1995).
static void bh(const struct row *rows, size_t m, double *out)
{
    double smallest = 1;
    for (size_t i = m; i-- > 0;) {
        smallest = fmin(smallest, (double)m / (double)(i + 1) * rows[i].p);
        out[rows[i].at] = smallest;
    }
}

static void bonferroni(const struct row *rows, size_t m, double *out)
{
    for (size_t i = 0; i < m; i++)
        out[rows[i].at] = fmin((double)m * rows[i].p, 1);
}

static void none(const struct row *rows, size_t m, double *out)
{
    for (size_t i = 0; i < m; i++)
        out[rows[i].at] = rows[i].p;
}

typedef void adjust_fn(const struct row *rows, size_t m, double *out);
static adjust_fn *const methods[] = {
    [ADJUSTMENT_HOLM] = holm,
    [ADJUSTMENT_BH] = bh,
    [ADJUSTMENT_BONFERRONI] = bonferroni,
    [ADJUSTMENT_NONE] = none,
};

void adjust_p(enum adjustment method, const double *p, size_t count, double *out)
{
    struct row *rows = mem_new(count, sizeof *rows);
    size_t m = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(p[i]))
            out[i] = NAN;
        else
            rows[m++] = (struct row){p[i], i};
    }
    if (m)
        qsort(rows, m, sizeof *rows, by_p);
    methods[method](rows, m, out);
    mem_free(rows);
}

void adjust_letter(size_t column, char out[4])
{
    size_t len = 0;
    if (column >= 26)
        out[len++] = (char)('A' + (column / 26 - 1) % 26);
    out[len++] = (char)('A' + column % 26);
    out[len] = '\0';
}

void adjust_letters(size_t k, const double *difference, const double *p, const bool *usable,
                    double alpha, struct buf *out)
{
    for (size_t i = 0; i < k; i++) {
        bool first = true;
        for (size_t j = 0; j < k; j++) {
            bool exceeds = difference[i * k + j] > 0 && p[i * k + j] < alpha;
            if (i == j || !usable[i] || !usable[j] || !exceeds)
                continue;
            char letter[4];
            adjust_letter(j, letter);
            if (!first)
                buf_char(&out[i], ' ');
            buf_text(&out[i], letter);
            first = false;
        }
    }
}
