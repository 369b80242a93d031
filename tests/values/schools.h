// SPDX-License-Identifier: GPL-3.0-or-later
// Schools of California in 2000: a stratified sample (apistrat) and a cluster sample (apiclus1),
// with the covariance of scores written out plainly, for tests.
#pragma once
#include "tests/values/values.h"

enum { SCHOOLS = 200, SCHOOL_STRATA = 3 };
struct schools {
    size_t n;
    uint32_t stratum[SCHOOLS], psu[SCHOOLS], stype[SCHOOLS], wide[SCHOOLS];
    double population[SCHOOLS], weight[SCHOOLS], api99[SCHOOLS], api00[SCHOOLS];
};

static inline void schools_load(struct schools *s, const char *name)
{
    char path[40];
    snprintf(path, sizeof path, "%s.csv", name);
    FILE *file = values_open(path);
    struct values_row row = {.line = 0};
    for (s->n = 0; file && s->n < SCHOOLS && values_next(file, &row); s->n++) {
        s->stratum[s->n] = (uint32_t)values_number(&row, 0);
        s->psu[s->n] = (uint32_t)values_number(&row, 1);
        s->population[s->n] = values_number(&row, 2);
        s->weight[s->n] = values_number(&row, 3);
        s->stype[s->n] = (uint32_t)values_number(&row, 4);
        s->wide[s->n] = (uint32_t)values_number(&row, 5);
        s->api99[s->n] = values_number(&row, 6);
        s->api00[s->n] = values_number(&row, 7);
    }
    if (file)
        fclose(file);
}

// Σ_h (1 - f_h) n_h/(n_h - 1) Σ_j (a_hj - ā_h)(b_hj - b̄_h) of the scores a and b of rows.
static inline double schools_covariance(const struct schools *s, const double *a, const double *b)
{
    double x[SCHOOL_STRATA][SCHOOLS] = {{0}}, y[SCHOOL_STRATA][SCHOOLS] = {{0}};
    double population[SCHOOL_STRATA] = {0}, variance = 0;
    bool seen[SCHOOL_STRATA][SCHOOLS] = {{false}};
    for (size_t i = 0; i < s->n; i++) {
        x[s->stratum[i]][s->psu[i]] += a[i];
        y[s->stratum[i]][s->psu[i]] += b[i];
        seen[s->stratum[i]][s->psu[i]] = true;
        population[s->stratum[i]] = s->population[i];
    }
    for (int h = 0; h < SCHOOL_STRATA; h++) {
        double n = 0, mean_x = 0, mean_y = 0, products = 0;
        for (int j = 0; j < SCHOOLS; j++) {
            n += seen[h][j];
            mean_x += x[h][j];
            mean_y += y[h][j];
        }
        for (int j = 0; j < SCHOOLS; j++)
            products += seen[h][j] ? (x[h][j] - mean_x / n) * (y[h][j] - mean_y / n) : 0;
        variance += n > 1 ? (1 - n / population[h]) * n / (n - 1) * products : 0;
    }
    return variance;
}

static inline double schools_error(const struct schools *s, const double *z)
{
    return sqrt(schools_covariance(s, z, z));
}
