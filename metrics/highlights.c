// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences at the head of the report, from fixed templates (reports.md 2). Never a cause,
// never "higher" for what is not significant, never a rank.
#include "metrics/press.h"

#include <math.h>

enum { NAMED_MOST = 6 }; // names in one sentence

static void add(struct section *s, struct text sentence)
{
    vec_push(&s->sentences, sentence);
}

static struct text quoted(struct press *p, struct text what)
{
    return SAY(p->a, ((struct text)TEXT("\xE2\x80\x9C%1\xE2\x80\x9D", "«" NBSP "%1" NBSP "»")),
               what);
}

static struct key overall_key(const struct press *p, uint16_t region)
{
    return (struct key){.indicator = p->score,
                        .item = p->overall,
                        .by = "",
                        .level = "",
                        .region = region,
                        .period = p->period};
}

// ---- the level

static void add_level(struct press *p, struct section *s)
{
    const struct estimate *e = press_find(p, overall_key(p, REGION_TOTAL));
    if (!e || estimate_withheld(e) || !isfinite(e->value))
        return;
    struct fmt_form form = {.decimals = e->decimals};
    struct text where = press_region_name(p, REGION_TOTAL);
    struct text what = quoted(p, press_item_name(p, p->overall));
    struct text name = press_indicator_name(p, p->score);
    struct text value = say_number(p->a, e->value, form);
    if (!isfinite(e->low) || !isfinite(e->high)) {
        add(s, SAY(p->a, ((struct text)TEXT("%1 of %2, %3: %4.", "%1 de %2, %3" NBSP ": %4.")),
                   name, what, where, value));
        return;
    }
    add(s, SAY(p->a,
               ((struct text)TEXT("%1 of %2, %3: %4 (%5 interval: %6).",
                                  "%1 de %2, %3" NBSP ": %4 (intervalle à %5" NBSP ": %6).")),
               name, what, where, value,
               say_number(p->a, 100 * p->s->confidence, (struct fmt_form){.percent = true}),
               say_interval(p->a, e->low, e->high, form)));
}

// ---- regions against the others

struct names {
    VEC(struct text) at;
};

static struct text name_and_points(struct press *p, struct text name, const struct comparison *c)
{
    return SAY(p->a, ((struct text)TEXT("%1 (%2)", "%1 (%2)")), name,
               say_points(p->a, c->difference, c->decimals));
}

static struct text list_of(struct press *p, const struct names *names)
{
    if (names->at.len <= NAMED_MOST)
        return say_list(p->a, names->at.at, names->at.len);
    struct text first = say_list(p->a, names->at.at, 0);
    for (size_t i = 0; i < NAMED_MOST; i++)
        first = i ? SAY(p->a, ((struct text)TEXT("%1, %2", "%1, %2")), first, names->at.at[i])
                  : names->at.at[i];
    return SAY(p->a, ((struct text)TEXT("%1 and %2 more", "%1 et %2 autres")), first,
               say_number(p->a, (double)(names->at.len - NAMED_MOST), (struct fmt_form){0}));
}

static void add_regions(struct press *p, struct section *s)
{
    struct names above = {0}, below = {0};
    size_t compared = 0;
    for (uint16_t i = 0; i < p->places->region_count; i++) {
        const struct comparison *c = press_change(p, overall_key(p, i), "rest");
        if (!c || c->withheld || !isfinite(c->difference))
            continue;
        compared++;
        struct names *side = c->difference > 0 ? &above : &below;
        if (c->significant)
            vec_push(&side->at, name_and_points(p, press_region_name(p, i), c));
    }
    if (above.at.len)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Significantly above the other regions taken together: %1.",
                                      "Significativement au-dessus des autres régions prises "
                                      "ensemble" NBSP ": %1.")),
                   list_of(p, &above)));
    if (below.at.len)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Significantly below the other regions taken together: %1.",
                                      "Significativement au-dessous des autres régions prises "
                                      "ensemble" NBSP ": %1.")),
                   list_of(p, &below)));
    if (compared && !above.at.len && !below.at.len)
        add(s, (struct text)TEXT("No region differs significantly from the others.",
                                 "Aucune région ne diffère significativement des autres."));
    vec_free(&above.at);
    vec_free(&below.at);
}

// ---- changes

static void add_change(struct press *p, struct section *s, const char *kind, struct period since)
{
    const struct comparison *largest = NULL;
    uint16_t where = REGION_TOTAL;
    size_t compared = 0;
    for (size_t i = 0; i <= p->places->region_count; i++) {
        uint16_t region = i ? (uint16_t)(i - 1) : (uint16_t)REGION_TOTAL;
        const struct comparison *c = press_change(p, overall_key(p, region), kind);
        if (!c || c->withheld || !isfinite(c->difference))
            continue;
        compared++;
        if (c->significant && (!largest || fabs(c->difference) > fabs(largest->difference)))
            largest = c, where = region;
    }
    if (!compared)
        return;
    struct text name = press_indicator_name(p, p->score), period = say_period(p->a, since);
    if (!largest) {
        add(s, SAY(p->a,
                   ((struct text)TEXT("%1: no significant change since %2.",
                                      "%1" NBSP ": aucune variation significative depuis %2.")),
                   name, period));
        return;
    }
    add(s, SAY(p->a,
               ((struct text)TEXT("%1, largest change since %2: %3, %4 (%5).",
                                  "%1, plus forte variation depuis %2" NBSP ": %3, %4 (%5).")),
               name, period, press_region_name(p, where),
               say_points(p->a, largest->difference, largest->decimals),
               say_p(p->a, isfinite(largest->p_adjusted) ? largest->p_adjusted : largest->p)));
}

// ---- what to improve, what was promised

static void add_priorities(struct press *p, struct section *s)
{
    struct names names = {0};
    for (size_t i = 0; i < p->r->drivers.len; i++) {
        const struct driver *d = &p->r->drivers.at[i];
        if (d->reported && !d->withheld && d->region == REGION_TOTAL && d->quadrant &&
            period_same(d->period, p->period) && strcmp(d->quadrant, "primary") == 0)
            vec_push(&names.at, press_item_name(p, d->driver));
    }
    if (names.at.len)
        add(s,
            SAY(p->a,
                say_plural((double)names.at.len, 0,
                           (struct text)TEXT("Primary opportunity (high importance, low "
                                             "performance): %1.",
                                             "Possibilité principale d'amélioration (importance "
                                             "élevée, rendement faible)" NBSP ": %1."),
                           (struct text)TEXT("Primary opportunities (high importance, low "
                                             "performance): %1.",
                                             "Possibilités principales d'amélioration "
                                             "(importance élevée, rendement faible)" NBSP ": %1.")),
                list_of(p, &names)));
    vec_free(&names.at);
}

static void add_standards(struct press *p, struct section *s)
{
    const struct estimate *met =
        press_find(p, (struct key){"standards.met", "", "", "", REGION_TOTAL, p->period});
    if (!met || estimate_withheld(met) || !isfinite(met->denominator) || met->denominator <= 0)
        return;
    struct fmt_form count = {0};
    add(s, SAY(p->a,
               ((struct text)TEXT("Service standards met: %1 of the %2 assessed; not met: %3.",
                                  "Normes de service respectées" NBSP ": %1 sur les %2 évaluées; "
                                  "non respectées" NBSP ": %3.")),
               say_number(p->a, met->numerator, count), say_number(p->a, met->denominator, count),
               say_number(p->a, met->denominator - met->numerator, count)));
}

// How much is withheld and why; the counts say nothing about any one value.
static void add_withheld(struct press *p, struct section *s)
{
    double suppressed = 0, unreliable = 0;
    for (size_t i = 0; i < p->r->estimates.len; i++) {
        const struct estimate *e = &p->r->estimates.at[i];
        if (!e->reported || !period_same(e->period, p->period))
            continue;
        suppressed += e->status == EST_SUPPRESSED || e->status == EST_SECONDARY;
        unreliable += e->status == EST_UNRELIABLE;
    }
    if (suppressed + unreliable == 0)
        return;
    struct text parts[2];
    size_t count = 0;
    if (suppressed > 0)
        parts[count++] = SAY(
            p->a, ((struct text)TEXT("%1 for confidentiality (x)", "%1 pour confidentialité (x)")),
            say_number(p->a, suppressed, (struct fmt_form){0}));
    if (unreliable > 0)
        parts[count++] = SAY(p->a,
                             ((struct text)TEXT("%1 too unreliable to be published (F)",
                                                "%1 trop peu fiables pour être publiées (F)")),
                             say_number(p->a, unreliable, (struct fmt_form){0}));
    add(s,
        SAY(p->a, ((struct text)TEXT("Values withheld: %1.", "Valeurs non publiées" NBSP ": %1.")),
            say_list(p->a, parts, count)));
}

void highlights_add(struct press *p, struct section *s)
{
    add_level(p, s);
    add_regions(p, s);
    add_change(p, s, "previous", period_previous(p->period));
    if (p->period.kind != PERIOD_YEAR) // a year before is the previous one
        add_change(p, s, "year_ago", period_year_ago(p->period));
    add_priorities(p, s);
    add_standards(p, s);
    if (s->sentences.len < 7)
        add_withheld(p, s);
    if (s->sentences.len == 0)
        add(s, (struct text)TEXT("No significant change.", "Aucune variation significative."));
}
