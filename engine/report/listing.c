// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/listing.h"

// The names come from the same functions as the values, given an empty record.
static const struct indicator no_indicator = {.label = LABEL("", "", "")};

static size_t count_estimates(const struct results *r)
{
    return r->estimates.len;
}

static bool show_estimate(const struct results *r, size_t i)
{
    return r->estimates.at[i].reported;
}

static void put_estimate(struct fields *f, const struct results *r, size_t i)
{
    static const struct estimate none = {.indicator = &no_indicator, .region = REGION_EMPTY};
    fields_estimate(f, r, i == LISTING_HEAD ? &none : &r->estimates.at[i]);
}

static size_t count_comparisons(const struct results *r)
{
    return r->comparisons.len;
}

static bool show_comparison(const struct results *r, size_t i)
{
    return r->comparisons.at[i].reported && !r->comparisons.at[i].withheld;
}

static void put_comparison(struct fields *f, const struct results *r, size_t i)
{
    static const struct comparison none = {.indicator = &no_indicator, .region = REGION_EMPTY};
    fields_comparison(f, r, i == LISTING_HEAD ? &none : &r->comparisons.at[i]);
}

static size_t count_tests(const struct results *r)
{
    return r->tests.len;
}

static bool show_test(const struct results *r, size_t i)
{
    return r->tests.at[i].reported;
}

static void put_test(struct fields *f, const struct results *r, size_t i)
{
    static const struct test none = {.region = REGION_EMPTY};
    fields_test(f, r, i == LISTING_HEAD ? &none : &r->tests.at[i]);
}

static size_t count_drivers(const struct results *r)
{
    return r->drivers.len;
}

static bool show_driver(const struct results *r, size_t i)
{
    return r->drivers.at[i].reported;
}

static void put_driver(struct fields *f, const struct results *r, size_t i)
{
    static const struct driver none = {.region = REGION_EMPTY};
    fields_driver(f, r, i == LISTING_HEAD ? &none : &r->drivers.at[i]);
}

const struct listing listing_estimates = {"estimates", count_estimates, show_estimate,
                                          put_estimate},
                     listing_comparisons = {"comparisons", count_comparisons, show_comparison,
                                            put_comparison},
                     listing_tests = {"tests", count_tests, show_test, put_test},
                     listing_drivers = {"drivers", count_drivers, show_driver, put_driver};
