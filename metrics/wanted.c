// SPDX-License-Identifier: GPL-3.0-or-later
// What a study asks for: its list `indicators:` against the registry.
#include "metrics/family.h"

#include <string.h>

const char *const wanted_tests[TEST_COUNT] = {
    [TEST_WALD] = "tests.wald",           [TEST_RANK] = "tests.rank",
    [TEST_RAO_SCOTT] = "tests.rao_scott", [TEST_ANOVA] = "tests.anova",
    [TEST_TREND] = "tests.trend",
};
const char wanted_drivers[] = "drivers";

// ---- does a pattern name anything?

typedef VEC(const char *) id_list;

static void list_ids(id_list *ids)
{
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            vec_push(ids, families[f]->rows[i].label.id);
    for (size_t i = 0; i < TEST_COUNT; i++)
        vec_push(ids, wanted_tests[i]);
    vec_push(ids, wanted_drivers);
}

static bool names_any(const struct wanted *w, const id_list *ids)
{
    for (size_t i = 0; i < ids->len; i++)
        if (wanted_names(w, ids->at[i]))
            return true;
    return false;
}

static enum status unknown(const struct wanted *w, const id_list *ids, struct diags *d)
{
    const char *near = str_nearest(w->pattern, ids->at, ids->len);
    enum status status = diag(d, E0107, w->where, "indicators: no indicator is called %s",
                              diag_quote(d, str_of(w->pattern)));
    if (near)
        diag_help(d, "did you mean `%s`?", near);
    else
        diag_help(d,
                  "`etalon list indicators` lists them; `cmt.*` names all that begin with `cmt.`");
    return status;
}

enum status wanted_check(const struct study *s, struct diags *d)
{
    id_list ids = {0};
    enum status first = OK;
    list_ids(&ids);
    for (size_t i = 0; i < s->wanted_count; i++)
        if (!names_any(&s->wanted[i], &ids)) {
            enum status status = unknown(&s->wanted[i], &ids, d);
            first = first ? first : status;
        }
    vec_free(&ids);
    return first;
}

// ---- families

static bool wants_row(const struct study *s, const struct family *f)
{
    for (size_t i = 0; i < f->count; i++)
        if (study_wants(s, f->rows[i].label.id))
            return true;
    return false;
}

bool wanted_respondents(const struct study *s)
{
    bool any = wants_row(s, &survey_family) || wants_row(s, &cmt_family) ||
               wants_row(s, &reach_family) || study_wants(s, wanted_drivers);
    for (size_t i = 0; i < TEST_COUNT && !any; i++)
        any = study_wants(s, wanted_tests[i]);
    return any;
}

// Services are joined to standards; quality tells of all that was read.
bool wanted_family(const struct study *s, const struct family *f)
{
    if (wants_row(s, &quality_family))
        return true;
    if (f == &survey_family)
        return wanted_respondents(s);
    return wants_row(s, f) || (f == &standards_family && wants_row(s, &egov_family));
}

// ---- what was computed on the way

static bool wanted_estimate(const struct results *r, size_t i)
{
    return study_wants(r->study, r->estimates.at[i].indicator->label.id);
}

void wanted_keep(struct results *r)
{
    size_t *moved = mem_new(r->estimates.len + 1, sizeof *moved), kept = 0, pairs = 0;
    for (size_t i = 0; r->study->wanted_count && i < r->estimates.len; i++) {
        moved[i] = wanted_estimate(r, i) ? kept : SIZE_MAX;
        if (moved[i] != SIZE_MAX)
            r->estimates.at[kept++] = r->estimates.at[i];
    }
    for (size_t i = 0; r->study->wanted_count && i < r->comparisons.len; i++) {
        struct comparison c = r->comparisons.at[i];
        if (!study_wants(r->study, c.indicator->label.id))
            continue;
        c.estimate_a = c.estimate_a == SIZE_MAX ? SIZE_MAX : moved[c.estimate_a];
        c.estimate_b = c.estimate_b == SIZE_MAX ? SIZE_MAX : moved[c.estimate_b];
        r->comparisons.at[pairs++] = c;
    }
    if (r->study->wanted_count) {
        r->estimates.len = kept;
        r->comparisons.len = pairs;
    }
    mem_free(moved);
}
