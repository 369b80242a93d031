// SPDX-License-Identifier: GPL-3.0-or-later
// Models of maturity: weights, groups, ranks, scores, the United Nations index.
#include "metrics/egov_rows.h"
#include "tests/help_egov.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs((double)(b)))

// Average of 2005: (91 · 62 / 100 + 39) / 2 = 47.71, published 48; 70/30 would give 51.
static void the_published_average_of_2005(void **state)
{
    (void)state;
    const struct model *m = model_find("accenture-2005");
    assert_non_null(m);
    double overall =
        (model_weight(m, MEASURE_MATURITY) * 91 * 62 / 100 + model_weight(m, MEASURE_CSM) * 39) /
        100;
    assert_true(num_round(overall, m->rank_decimals) == 48);
}

static void thresholds_of_2002(void **state)
{
    (void)state;
    static const struct {
        double score;
        const char *group;
        int place;
    } cases[] = {
        {60, "innovative_leaders", 1},      {50, "innovative_leaders", 1},
        {49.9, "visionary_challengers", 2}, {40, "visionary_challengers", 2},
        {30, "emerging_performers", 3},     {29.9, "platform_builders", 4},
        {0, "platform_builders", 4},
    };
    const struct model *m = model_find("accenture-2002");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct model_group *group = NULL;
        assert_int_equal(model_group(m, cases[i].score, &group), cases[i].place);
        assert_string_equal(group->label.id, cases[i].group);
    }
}

static void tables_of_models_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < model_count; i++) {
        double sum = 0;
        assert_true(*models[i].label.text.in[LANG_EN] && *models[i].label.text.in[LANG_FR]);
        assert_true(*models[i].source);
        for (int w = 0; w < MODEL_WEIGHTS; w++)
            sum += models[i].weights[w].percent;
        assert_true(sum == 0 || fabs(sum - 100) < 1e-9);
        for (int g = 0; g < MODEL_GROUPS && models[i].groups[g].label.id; g++)
            assert_true(*models[i].groups[g].label.text.in[LANG_EN] &&
                        *models[i].groups[g].label.text.in[LANG_FR]);
    }
}

// ---- ranks

enum { MOST_COUNTRIES = 32 };
struct country {
    double overall;
    int rank;
};

static size_t countries_of(const char *year, struct country *out)
{
    FILE *file = values_open("published/accenture_ranks.csv");
    struct values_row row = {.line = 0};
    size_t count = 0;
    assert_non_null(file);
    while (values_next(file, &row))
        if (strcmp(row.field[0], year) == 0 && count < MOST_COUNTRIES)
            out[count++] = (struct country){values_number(&row, 2), (int)values_number(&row, 3)};
    fclose(file);
    return count;
}

static void check_ranks(const char *year, size_t expected)
{
    struct country countries[MOST_COUNTRIES];
    size_t count = countries_of(year, countries);
    assert_int_equal(count, expected);
    struct egov_standing standings[MOST_COUNTRIES];
    for (size_t i = 0; i < count; i++)
        standings[i] = (struct egov_standing){countries[i].overall, NAN, NAN};
    struct places places = {.region_count = count};
    struct run run = {.places = &places};
    struct egov_block block = {.model = model_find("accenture-2004")};
    struct egov_view view = {.run = &run, .block = &block, .standings = standings};
    struct results results = {0};
    struct cell cell = {.out = &results, .item = "", .by = "", .level = "", .state = &view};
    struct indicator row = {.label = {.id = "egov.rank"}, .unit = UNIT_RANK, .decimals = -1};
    for (size_t i = 0; i < count; i++) {
        cell.region = (uint16_t)i;
        egov_rank(&row, &cell);
        assert_true(results.estimates.at[i].value == countries[i].rank);
        assert_true(results.estimates.at[i].denominator == (double)count);
    }
    results_free(&results);
}

static void published_ranks(void **state)
{
    (void)state;
    check_ranks("2004", 13);
    check_ranks("2005", 16);
}

// Maturity alone decides (70 %), CRM is 0. N: 2 services, s = 1 and 1/3, overall 70 · 2/3 = 46.7;
// lowered by one step of 1/3: 35.0, raised: 58.3. S: s = 1, 0 of level 1: 35; 0 to 70. W: s = 0, 0
// of levels 3: 0, lowered 0, raised 70 · (1/3)/2 = 11.7. So N is wholly above W (35 > 12), S may be
// anywhere: N 1 to 2, S 1 to 3, W 2 to 3.
static void intervals_of_ranks_hang_on_one_service(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS,
             "id,r,p,x,level,reached,c\n"
             "a,N,2003-04,,3,3,0\nb,N,2003-04,,3,1,0\n"
             "a,S,2003-04,,1,1,0\nb,S,2003-04,,1,0,0\n"
             "a,W,2003-04,,3,0,0\nb,W,2003-04,,3,0,0\n");
    static const struct {
        const char *region;
        double rank, low, high;
    } cases[] = {{"N", 1, 1, 2}, {"S", 2, 1, 3}, {"W", 3, 2, 3}};
    for (int i = 0; i < 3; i++) {
        const struct estimate *e = admin_row(&t, "egov.rank", "", cases[i].region, "2003-04");
        assert_true(e->value == cases[i].rank);
        assert_true(e->low == cases[i].low && e->high == cases[i].high);
        assert_true(e->denominator == 3);
    }
    trial_free(&t);
}

// Four countries in five years, within a ten-thousandth.
static void the_united_nations_index(void **state)
{
    (void)state;
    FILE *file = values_open("published/egdi.csv");
    struct values_row row = {.line = 0};
    int rows = 0;
    assert_non_null(file);
    while (values_next(file, &row)) {
        bool weighted = strncmp(row.field[6], "weights", 7) == 0;
        struct period year = {PERIOD_YEAR, false, 2000, 0};
        struct places places = {.region_count = 1};
        vec_push(&places.periods, year);
        struct run run = {.places = &places};
        struct egov_block block = {.model = model_find(weighted ? "un-egdi-2010" : "un-egdi")};
        for (int i = 0; i < 3; i++) {
            struct egov_score score = {.measure = (enum measure)(MEASURE_OSI + i),
                                       .value = values_number(&row, 2 + i)};
            vec_push(&block.scores, score);
        }
        struct egov_view view = {.run = &run, .block = &block, .span = {year, SPAN_REPORT}};
        const struct model_group *band = NULL;
        double index = egov_overall(&view, 0, true);
        assert_true(fabs(index - values_number(&row, 5)) <= 1e-4);
        assert_int_equal(model_group(block.model, num_round(index, 4), &band),
                         index > .75 ? 1 : 2); // two of the twenty lie below .75
        vec_free(&block.scores);
        vec_free(&places.periods);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 20);
}

static void scores_and_a_missing_measure(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {
        "s.csv", "id,r,p,level,reached\na,N,2004-05,3,3\na,S,2004-05,3,3\n", "c.csv",
        "region,period,measure,value\n"
        "N,2004-05,csm.1,10\nN,2004-05,csm.2,20\nN,2004-05,csm.3,30\n"
        "N,2004-05,csm.4,40\nS,2004-05,csm.1,10\nN,2004-05,plateau,4\n"
        "N,2004-05,csm.1,101\nN,2004-05,nonsense,1\n",
        NULL};
    admin_run(&t,
              EGOV_HEAD "services:\n"
                        "  - id: catalogue\n"
                        "    files: [s.csv]\n"
                        "    model: accenture-2005\n"
                        "    columns: {service: id, region: r, period: p, level: level, reached: "
                        "reached}\n"
                        "    scores: {files: [c.csv]}\n",
              files, "2004-05");
    assert_int_equal(t.status, OK);
    NEAR(admin_value(&t, "egov.csm", "", "N", "2004-05"), 25.0);
    NEAR(admin_value(&t, "egov.overall", "", "N", "2004-05"), 62.5);
    assert_true(admin_value(&t, "egov.plateau", "", "N", "2004-05") == 4);
    assert_int_equal(admin_row(&t, "egov.overall", "", "S", "2004-05")->status, EST_NOT_APPLICABLE);
    assert_int_equal(t.diags.counts[E0460], 2);
    trial_free(&t);
}

static void an_unknown_model_is_refused(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t,
             EGOV_HEAD "services:\n"
                       "  - {id: c, files: [s.csv], model: accenture-2020}\n",
             "service,region,period,level,reached\na,N,2003-04,3,3\n");
    assert_int_equal(t.status, FAIL_DATA);
    assert_true(admin_said(&t, E0459));
    trial_free(&t);
}

// ---- a model of the study's own

#define OWN_MODEL(weights, low)                                                          \
    "services:\n"                                                                        \
    "  - id: catalogue\n"                                                                \
    "    files: [s.csv]\n"                                                               \
    "    columns: {service: id, region: r, period: p, level: level, reached: reached}\n" \
    "    scores: v.csv\n"                                                                \
    "    model:\n"                                                                       \
    "      id: ours\n"                                                                   \
    "      title: {en: Ours, fr: Le nôtre}\n"                                           \
    "      weights: " weights "\n"                                                       \
    "      groups:\n"                                                                    \
    "        - {id: ahead, title: {en: Ahead, fr: En avance}, from: 60}\n"               \
    "        - {id: behind, title: {en: Behind, fr: En retard}, from: " low "}\n"        \
    "      levels:\n"                                                                    \
    "        - {id: read, title: {en: Read, fr: Lire}, points: 1}\n"                     \
    "        - {id: fill, title: {en: Fill in, fr: Remplir}, points: 2}\n"               \
    "        - {id: send, title: {en: Send, fr: Envoyer}, points: 4}\n"                  \
    "        - {id: done, title: {en: Done, fr: Terminer}, points: 10}\n"

// N: a can be done and may be filled in, 2/10; b can be sent and is, 1: maturity (0.2 + 1)/2 = 60
// %. Overall 0.25 · 60 + 0.75 · voice 80 = 75. S: c can be filled in and may be read, 1/2, d is not
// on-line: 25 %; 0.25 · 25 + 0.75 · 60 = 51.25. One step of a, from 2 to 4 of 10 points, is worth
// 25 · 0.2/2 = 2.5, all that is left 25 · 0.8/2 = 10.
static void a_model_of_the_study(void **state)
{
    (void)state;
    struct trial t;
    static const char study[] = EGOV_HEAD OWN_MODEL("{maturity: 25, voice: 75}", "0");
    const char *const files[] = {"s.csv",
                                 "id,r,p,level,reached\n"
                                 "a,N,2003-04,done,remplir\nb,N,2003-04,Envoyer,send\n"
                                 "c,S,2003-04,Fill in,read\nd,S,2003-04,4,none\n",
                                 "v.csv",
                                 "region,period,measure,value\n"
                                 "N,2003-04,voice,80\nS,2003-04,voice,60\n",
                                 NULL};
    admin_run(&t, study, files, "all");
    assert_int_equal(t.status, OK);
    NEAR(admin_row(&t, "egov.service_maturity", "", "N", "2003-04")->value, 60);
    NEAR(admin_row(&t, "egov.overall", "", "N", "2003-04")->value, 75);
    NEAR(admin_row(&t, "egov.overall", "", "S", "2003-04")->value, 51.25);
    assert_string_equal(admin_row(&t, "egov.overall", "", "S", "2003-04")->reason, "");
    NEAR(admin_row(&t, "egov.step_gain", "a", "N", "2003-04")->value, 2.5);
    NEAR(admin_row(&t, "egov.gain", "a", "N", "2003-04")->value, 10);
    assert_non_null(admin_find(&t, "egov.group", "", "N", "2003-04", "group", "ahead"));
    assert_non_null(admin_find(&t, "egov.group", "", "S", "2003-04", "group", "behind"));
    NEAR(admin_find(&t, "egov.level_share", "", "N", "2003-04", "level", "fill")->value, 50);
    NEAR(admin_find(&t, "egov.level_share", "", "S", "2003-04", "level", "none")->value, 50);
    assert_string_equal(study_level(&t.study, "group", "behind", LANG_FR), "En retard");
    assert_string_equal(study_level(&t.study, "level", "fill", LANG_FR), "Remplir");
    trial_free(&t);
}

static void expect_refusal(const char *study, enum code code, long line)
{
    struct trial t;
    const char *const files[] = {"s.csv", "id,r,p,level,reached\na,N,2003-04,done,read\n", "v.csv",
                                 "region,period,measure,value\nN,2003-04,voice,1\n", NULL};
    admin_run(&t, study, files, "all");
    assert_int_equal(t.status, FAIL_DATA);
    bool found = false;
    for (size_t i = 0; i < t.diags.list.len; i++)
        found |= t.diags.list.at[i].code == code && t.diags.list.at[i].where.line == line;
    assert_true(found);
    trial_free(&t);
}

// Each is said with its line: weights that do not add up, a measure nobody knows, groups that do
// not descend.
static void wrong_models_are_refused(void **state)
{
    (void)state;
    expect_refusal(EGOV_HEAD OWN_MODEL("{maturity: 25, voice: 70}", "0"), E0120, 14);
    expect_refusal(EGOV_HEAD OWN_MODEL("{maturity: 25, vice: 75}", "0"), E0459, 14);
    expect_refusal(EGOV_HEAD OWN_MODEL("{maturity: 25, voice: 75}", "60"), E0120, 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_average_of_2005),
        cmocka_unit_test(thresholds_of_2002),
        cmocka_unit_test(tables_of_models_are_whole),
        cmocka_unit_test(published_ranks),
        cmocka_unit_test(intervals_of_ranks_hang_on_one_service),
        cmocka_unit_test(the_united_nations_index),
        cmocka_unit_test(scores_and_a_missing_measure),
        cmocka_unit_test(an_unknown_model_is_refused),
        cmocka_unit_test(a_model_of_the_study),
        cmocka_unit_test(wrong_models_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
