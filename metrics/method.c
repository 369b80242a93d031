// SPDX-License-Identifier: GPL-3.0-or-later
// How the figures were made, in sentences; each stands only where it applies.
#include "metrics/admin.h"
#include "metrics/press.h"

#include <math.h>

static void add(struct section *s, struct text sentence)
{
    vec_push(&s->sentences, sentence);
}

static bool has_role(const struct press *p, const struct input *in, const char *role)
{
    const struct ledger *l = p->r->ledger;
    for (size_t i = 0; l && i < l->columns.len; i++)
        if (l->files.at[l->columns.at[i].file].input == in &&
            strcmp(l->columns.at[i].role, role) == 0)
            return true;
    return input_column(in, role, 1).count > 0 && in->columns_declared;
}

static double rows_used(const struct press *p, const struct input *in)
{
    double used = 0;
    for (size_t i = 0; p->r->ledger && i < p->r->ledger->files.len; i++)
        if (p->r->ledger->files.at[i].input == in)
            used += (double)p->r->ledger->files.at[i].used;
    return used;
}

static bool has_rows(const struct press *p, const char *prefix)
{
    size_t len = strlen(prefix);
    for (size_t i = 0; i < p->r->estimates.len; i++)
        if (strncmp(p->r->estimates.at[i].indicator->label.id, prefix, len) == 0)
            return true;
    return false;
}

// ---- the survey

static void add_survey(struct press *p, struct section *s, const struct survey *survey)
{
    struct text rows = say_number(p->a, rows_used(p, &survey->in), (struct fmt_form){0});
    struct text id = say_plain(survey->in.id);
    if (*survey->mode)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Survey \xE2\x80\x9C%1\xE2\x80\x9D (mode: %2): %3 "
                                      "questionnaires used, all periods together.",
                                      "Sondage «" NBSP "%1" NBSP "» (mode" NBSP ": %2)" NBSP
                                      ": %3 questionnaires utilisés, toutes périodes "
                                      "confondues.")),
                   id, press_level_name(p, "mode", survey->mode), rows));
    else
        add(s, SAY(p->a,
                   ((struct text)TEXT("Survey \xE2\x80\x9C%1\xE2\x80\x9D: %2 questionnaires used, "
                                      "all periods together.",
                                      "Sondage «" NBSP "%1" NBSP "»" NBSP
                                      ": %2 questionnaires utilisés, toutes périodes "
                                      "confondues.")),
                   id, rows));
}

static void add_design(struct press *p, struct section *s, const struct survey *survey)
{
    bool weights = has_role(p, &survey->in, "weight");
    bool strata = has_role(p, &survey->in, "stratum"), psu = has_role(p, &survey->in, "cluster");
    if (weights)
        add(s, (struct text)TEXT("Answers are weighted; n is always the unweighted number.",
                                 "Les réponses sont pondérées; n est toujours le nombre non "
                                 "pondéré."));
    if (survey->replicates.kind != REPLICATES_NONE)
        add(s, (struct text)TEXT("Variances come from the replicate weights of the file.",
                                 "Les variances proviennent des poids de rééchantillonnage du "
                                 "fichier."));
    else if (strata || psu)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Variances follow the sample design (%1) by linearisation.",
                                      "Les variances suivent le plan de sondage (%1), par "
                                      "linéarisation.")),
                   strata && psu ? (struct text)TEXT("strata and clusters", "strates et grappes")
                   : strata      ? (struct text)TEXT("strata", "strates")
                                 : (struct text)TEXT("clusters", "grappes")));
}

static void add_calibration(struct press *p, struct section *s, const struct survey *survey)
{
    static const struct text methods[] = {
        [CALIBRATE_POSTSTRATIFY] = TEXT("post-stratification", "stratification a posteriori"),
        [CALIBRATE_RAKE] = TEXT("raking", "méthode itérative du quotient"),
        [CALIBRATE_LINEAR] = TEXT("linear calibration", "calage linéaire"),
        [CALIBRATE_LOGIT] = TEXT("logit calibration", "calage logit"),
    };
    if (survey->calibrate.method != CALIBRATE_NONE)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Weights are adjusted to known totals (%1).",
                                      "Les poids sont ajustés à des totaux connus (%1).")),
                   methods[survey->calibrate.method]));
}

static void add_intervals(struct press *p, struct section *s)
{
    static const struct text methods[] = {
        [PROP_LOGIT] = TEXT("logit", "logit"),
        [PROP_WILSON] = TEXT("Wilson", "Wilson"),
        [PROP_KORN_GRAUBARD] = TEXT("Korn and Graubard", "Korn et Graubard"),
        [PROP_CLOPPER_PEARSON] = TEXT("Clopper and Pearson", "Clopper et Pearson"),
        [PROP_WALD] = TEXT("Wald", "Wald"),
    };
    add(s, SAY(p->a,
               ((struct text)TEXT("Intervals are at %1; those of shares follow the %2 method.",
                                  "Les intervalles sont à %1; ceux des parts suivent la méthode "
                                  "%2.")),
               say_number(p->a, 100 * p->s->confidence, (struct fmt_form){.percent = true}),
               methods[p->s->interval]));
    add(s, (struct text)TEXT("Shares and scores rest on valid answers; \xE2\x80\x9Cof all "
                             "asked\xE2\x80\x9D also counts don't know, not applicable, refusals "
                             "and blanks.",
                             "Les parts et les notes reposent sur les réponses valides; «" NBSP
                             "de toutes les personnes interrogées" NBSP "» compte aussi les ne "
                             "sait pas, sans objet, refus et sans réponse."));
}

static void add_tests(struct press *p, struct section *s)
{
    static const struct text rules[] = {
        [ADJUST_HOLM] =
            TEXT("adjusted after Holm for their number", "corrigées selon Holm pour leur nombre"),
        [ADJUST_BH] =
            TEXT("adjusted after Benjamini and Hochberg", "corrigées selon Benjamini et Hochberg"),
        [ADJUST_BONFERRONI] = TEXT("adjusted after Bonferroni for their number",
                                   "corrigées selon Bonferroni pour leur nombre"),
        [ADJUST_NONE] = TEXT("not adjusted for their number", "sans correction pour leur nombre"),
    };
    if (p->r->comparisons.len)
        add(s, SAY(p->a,
                   ((struct text)TEXT("\xE2\x80\x9CSignificant\xE2\x80\x9D means p < 0.05 in a "
                                      "two-sided test, %1.",
                                      "«" NBSP "Significatif" NBSP "» veut dire p" NBSP "<" NBSP
                                      "0,05 dans un test bilatéral, valeurs p %1.")),
                   rules[p->s->adjust]));
}

static void add_suppression(struct press *p, struct section *s)
{
    static const struct text rules[] = {
        [SUPPRESS_STATCAN] = TEXT("Reliability is flagged by Statistics Canada's rules (E, F).",
                                  "La fiabilité est signalée selon les règles de Statistique "
                                  "Canada (E, F)."),
        [SUPPRESS_NCHS] =
            TEXT("Reliability is flagged by the presentation standards of the National Center for "
                 "Health Statistics.",
                 "La fiabilité est signalée selon les normes de présentation du National Center "
                 "for Health Statistics."),
        [SUPPRESS_NONE] = TEXT("", ""),
    };
    add(s, SAY(p->a,
               ((struct text)TEXT("Values that rest on fewer than %1 respondents are suppressed.",
                                  "Les valeurs qui reposent sur moins de %1 répondants sont "
                                  "supprimées.")),
               say_number(p->a, p->s->min_n, (struct fmt_form){0})));
    if (p->s->complementary)
        add(s, (struct text)TEXT("Further values are suppressed where they would give those away.",
                                 "D'autres valeurs sont supprimées lorsqu'elles permettraient de "
                                 "les déduire."));
    if (p->s->rule != SUPPRESS_NONE)
        add(s, rules[p->s->rule]);
}

// ---- records, breaks, reasons

static void add_records(struct press *p, struct section *s)
{
    if (has_rows(p, "activity."))
        add(s, (struct text)TEXT("Intervals of activity see the period as one draw of an ongoing "
                                 "process.",
                                 "Les intervalles des activités considèrent la période comme un "
                                 "tirage d'un processus continu."));
    if (has_rows(p, "egov.") || has_rows(p, "standards.") || has_rows(p, "plan."))
        add(s, (struct text)TEXT("Service maturity, service standards and the action plan are "
                                 "complete records: they carry no interval.",
                                 "La maturité des services, les normes de service et le plan "
                                 "d'action sont des relevés complets" NBSP
                                 ": ils n'ont pas d'intervalle."));
}

static void add_breaks(struct press *p, struct section *s)
{
    for (size_t i = 0; i < p->s->break_count; i++) {
        const struct trend_break *b = &p->s->breaks[i];
        bool told = false; // the same break of several indicators is told once
        for (size_t k = 0; k < i && !told; k++)
            told = period_same(p->s->breaks[k].from, b->from) &&
                   strcmp(p->s->breaks[k].reason.in[LANG_EN], b->reason.in[LANG_EN]) == 0;
        if (!told)
            add(s, SAY(p->a,
                       ((struct text)TEXT("Break in the series from %1: %2.",
                                          "Rupture de série à partir de %1" NBSP ": %2.")),
                       say_period(p->a, b->from), b->reason));
    }
    for (size_t i = 0; i < p->s->revision_count; i++)
        add(s, SAY(p->a, ((struct text)TEXT("Revision of %1: %2.", "Révision de %1" NBSP ": %2.")),
                   say_period(p->a, p->s->revisions[i].period), p->s->revisions[i].reason));
}

static bool is_used(const struct press *p, const char *reason)
{
    for (size_t i = 0; i < p->r->estimates.len; i++) {
        const struct estimate *e = &p->r->estimates.at[i];
        if (e->reported && e->reason && strcmp(e->reason, reason) == 0)
            return true;
    }
    return false;
}

static void add_reasons(struct press *p, struct section *s)
{
    struct text used[ADMIN_REASONS];
    size_t count = 0;
    for (size_t i = 0; i < ADMIN_REASONS; i++)
        if (is_used(p, admin_reasons[i].id))
            used[count++] = admin_reasons[i].text;
    if (count)
        add(s, SAY(p->a,
                   ((struct text)TEXT("Reasons for caution or for a missing value in records: %1.",
                                      "Motifs de prudence ou d'absence de valeur dans les "
                                      "relevés" NBSP ": %1.")),
                   say_list(p->a, used, count)));
}

void method_add(struct press *p, struct section *s)
{
    for (size_t i = 0; i < p->s->survey_count; i++) {
        add_survey(p, s, &p->s->surveys[i]);
        add_design(p, s, &p->s->surveys[i]);
        add_calibration(p, s, &p->s->surveys[i]);
    }
    if (p->s->survey_count) {
        add_intervals(p, s);
        add_tests(p, s);
        add_suppression(p, s);
    }
    add_records(p, s);
    add_breaks(p, s);
    add_reasons(p, s);
    add(s, (struct text)TEXT("Every value is rounded once, when it is printed; the CSV files keep "
                             "all digits.",
                             "Chaque valeur est arrondie une seule fois, à l'affichage; les "
                             "fichiers CSV gardent tous les chiffres."));
}
