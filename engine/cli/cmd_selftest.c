// SPDX-License-Identifier: GPL-3.0-or-later
// etalon selftest: what comes out beside what should, one line a value.
#include "engine/base/file.h"
#include "engine/base/num.h"
#include "engine/cli/options.h"
#include "engine/cli/selftest.h"

#include <math.h>

enum { MOST_DIGITS = 15 }; // of a certified value

static double number_of(const char *text)
{
    struct decimal d;
    double value;
    switch (num_read(str_of(text), '.', (struct str){0}, &d, &value)) {
    case NUM_OK:
        return decimal_value(d);
    case NUM_BIG:
        return value;
    case NUM_BAD:
        break;
    }
    return NAN;
}

static int places_of(const char *text)
{
    const char *point = strchr(text, '.');
    return point ? (int)strlen(point + 1) : 0;
}

// Log relative error (McCullough 1998): the number of leading digits that agree; of the value
// itself where 0 is wanted.
static double digits_of(double got, double wanted)
{
    double error = fabs(got - wanted) / (wanted != 0 ? fabs(wanted) : 1);
    if (!isfinite(error))
        return 0;
    return error > 0 ? fmax(0, fmin(MOST_DIGITS, -log10(error))) : MOST_DIGITS;
}

static bool passes(double got, const char *wanted, double digits)
{
    if (digits == SELFTEST_ROUNDED)
        return num_round(got, places_of(wanted)) == number_of(wanted);
    return isfinite(got) && digits_of(got, number_of(wanted)) >= digits;
}

static const char line_form[] = "%-72s %22s %22s %10s %6s  %-4s  %s\n";

void selftest_tell(struct selftest *t, const char *name, const char *wanted, double digits,
                   double got, const char *source)
{
    char found[NUM_TEXT] = "-", deviation[NUM_TEXT] = "-", agree[NUM_TEXT] = "-";
    double aim = number_of(wanted);
    bool good = passes(got, wanted, digits);
    if (isfinite(got)) {
        snprintf(found, sizeof found, "%.15g", got);
        snprintf(deviation, sizeof deviation, "%.1e", aim != 0 ? fabs(got / aim - 1) : fabs(got));
        snprintf(agree, sizeof agree, "%.1f", digits_of(got, aim));
    }
    t->done++;
    t->missed += !good;
    if (!t->quiet || !good)
        printf(line_form, name, wanted, found, deviation, agree, good ? "ok" : "MISS", source);
}

void selftest_say(const struct selftest *t, const char *text)
{
    if (!t->quiet)
        puts(text);
}

static enum status run_studies(struct selftest *t)
{
    static const struct selftest_list *const lists[] = {&selftest_strd, &selftest_schools,
                                                        &selftest_published};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 0; k < lists[i]->count; k++) {
            const struct selftest_study *s = &lists[i]->studies[k];
            if (s->yaml)
                TRY(selftest_study(t, s));
            else
                selftest_regress(t, s);
            if (stop_asked())
                return diag(t->diags, E0902, (struct where){0}, "stopped by signal %d",
                            stop_asked());
        }
    return OK;
}

enum status command_selftest(const struct options *o, struct diags *d)
{
    struct selftest t = {.quiet = o->quiet, .diags = d};
    if (!t.quiet)
        printf(line_form, "value", "expected", "got", "deviation", "digits", "", "source");
    TRY(run_studies(&t));
    selftest_kernels(&t);
    TRY(selftest_errors(&t));
    printf("%zu values, %zu ok, %zu missed\n", t.done, t.done - t.missed, t.missed);
    if (!t.missed)
        return OK;
    return diag(d, E0911, (struct where){0}, "%zu of %zu reference values are missed", t.missed,
                t.done);
}
