// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue is complete: every row says what it is in both languages, every id that was
// promised is there, every recommendation of the evaluation is served, and metrics/README.md lists
// what the registry holds.
#include "metrics/family.h"
#include "metrics/models.h"
#include "metrics/tables.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every(void (*each)(const struct indicator *))
{
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            each(&families[f]->rows[i]);
}

static void need(const struct indicator *row, const char *text, const char *what)
{
    if (!text || !*text)
        fail_msg("%s has no %s", row->label.id, what);
}

static void check_texts(const struct indicator *row)
{
    need(row, row->label.id, "id");
    need(row, row->label.text.in[LANG_EN], "English name");
    need(row, row->label.text.in[LANG_FR], "French name");
    need(row, row->definition.in[LANG_EN], "English definition");
    need(row, row->definition.in[LANG_FR], "French definition");
    need(row, row->base, "base");
    need(row, row->formula, "formula");
    need(row, row->inputs, "inputs");
    need(row, row->serves, "recommendation");
    need(row, row->source, "source");
    assert_true(row->unit < UNIT_KINDS && *unit_table[row->unit].id);
    assert_true(row->direction >= -1 && row->direction <= 1);
}

static void every_row_is_whole(void **state)
{
    (void)state;
    every(check_texts);
}

// An id belongs to its family and stands once.
static void ids_are_unique(void **state)
{
    (void)state;
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++) {
            const struct indicator *row = &families[f]->rows[i];
            size_t len = strlen(families[f]->label.id);
            assert_true(strncmp(row->label.id, families[f]->label.id, len) == 0);
            assert_true(row->label.id[len] == '.');
            assert_ptr_equal(indicator_find(row->label.id), row);
        }
}

// What acceptance checks look up (the interface, section 4), and the rest of the catalogue.
static const char *const promised[] = {
    "survey.n mean total count share share_all median p10 p20 p25 p30 p40 p60 p70 p75 p80 p90 sd "
    "ratio nps response moe_max",
    "cmt.index index_2dp index_standardised top2 top2_all top1 bottom2 neutral composite alpha "
    "alpha_standardised omega alpha_if_dropped change gap gap_index expectation_gap "
    "expectation_gap_median within_acceptable accepts client_standard importance_derived quadrant "
    "priority_score priority_named drivers_met drivers_met_share csi target target_met progress "
    "benchmark benchmark_gap benchmark_rank benchmark_quartile rank",
    "egov.services online breadth depth service_maturity level_share crm csm voice overall group "
    "plateau rank contribution gain step_gain end_to_end end_to_end_applicable points_enabled "
    "any_point with_standard hv_end_to_end hv_standard_met hv_online_share stage stage_target "
    "at_target stage_share egdi egdi_band",
    "standards.performance met gap assessed count volume",
    "activity.contacts share clients identified repeat_rate repeat_rate_12m contacts_per_client "
    "retention wait_mean handle_mean wait_median wait_p90 within_standard standard_met resolved "
    "resolved_first contacts_to_resolution referred core_share core_drift core_fee_contacts fees "
    "fee_share cost_recovery cost_per_contact balance diversity segment_shift channel_switch "
    "bundle_rate online_share follow_up consent offered handled abandoned abandonment unaccounted "
    "unaccounted_share service_level answer_time visits",
    "reach.aware_unaided aware_aided aware_total recall willing willing_all willing_direct_cost "
    "price_median revenue_100 penetration startup_reach representativity dissimilarity conversion",
    "plan.recommendations actions status_share on_time overdue slip_mean slip_median slip_max "
    "revised undated ratio outcome_share",
    "quality.item_missing skipped_answers ladder undated rejected excess duplicates coded coverage "
    "profile mandatory response_rate weight_effect reconcile",
};

static size_t find_promised(const char *list)
{
    size_t count = 0, family = strcspn(list, ".") + 1;
    for (const char *word = list + family; *word; count++) {
        char id[64];
        size_t len = strcspn(word, " ");
        snprintf(id, sizeof id, "%.*s%.*s", (int)family, list, (int)len, word);
        if (!indicator_find(id))
            fail_msg("%s is not in the registry", id);
        word += len + (word[len] == ' ');
    }
    return count;
}

static void the_catalogue_is_there(void **state)
{
    (void)state;
    size_t rows = 0, found = 0;
    for (size_t f = 0; f < family_count; f++)
        rows += families[f]->count;
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++)
        found += find_promised(promised[i]);
    assert_int_equal(found, rows); // and nothing else: list a new row here
}

// ---- the recommendations of the evaluation

static const char recommendations[] = "1a 1b 1c 1d 1e 1f 2a 2b 2c 2d 3a 3b 3c 3d";

static void check_serves(const struct indicator *row)
{
    for (const char *word = row->serves; *word; word += strspn(word, " ")) {
        char name[16];
        size_t len = strcspn(word, " ");
        snprintf(name, sizeof name, "%.*s", (int)len, word);
        if (!strstr(recommendations, name) && strcmp(name, "quality") != 0)
            fail_msg("%s serves %s, which nobody recommended", row->label.id, name);
        word += len;
    }
}

static bool serves(const struct indicator *row, const char *recommendation)
{
    const char *at = strstr(row->serves, recommendation);
    return at && (at == row->serves || at[-1] == ' ');
}

static void every_recommendation_is_served(void **state)
{
    (void)state;
    every(check_serves);
    for (const char *word = recommendations; *word; word += 2 + (word[2] == ' ')) {
        char name[3] = {word[0], word[1], 0};
        size_t count = 0;
        for (size_t f = 0; f < family_count; f++)
            for (size_t i = 0; i < families[f]->count; i++)
                count += serves(&families[f]->rows[i], name);
        if (!count)
            fail_msg("no indicator serves recommendation %s", name);
    }
}

// ---- metrics/README.md

static void put_cell(struct buf *out, const char *text)
{
    buf_text(out, " ");
    for (; *text; text++)
        buf_print(out, "%s%c", *text == '|' || *text == '*' || *text == '_' ? "\\" : "", *text);
    buf_text(out, " |");
}

static void put_row(struct buf *out, const struct indicator *row)
{
    static const char *const arrows[] = {" ↓", " ·", " ↑"};
    buf_print(out, "| `%s` | `%s`%s |", row->label.id, unit_table[row->unit].id,
              arrows[row->direction + 1]);
    put_cell(out, row->base);
    put_cell(out, row->formula);
    put_cell(out, row->serves);
    put_cell(out, row->source);
    buf_text(out, "\n");
}

static struct buf expected_list(void)
{
    struct buf out = {0};
    for (size_t f = 0; f < family_count; f++) {
        buf_print(&out, "\n### %s (%s)\n\n", families[f]->label.text.in[LANG_EN],
                  families[f]->label.text.in[LANG_FR]);
        buf_text(&out, "| id | unit | base | formula | serves | source |\n"
                       "|---|---|---|---|---|---|\n");
        for (size_t i = 0; i < families[f]->count; i++)
            put_row(&out, &families[f]->rows[i]);
    }
    return out;
}

static void the_readme_lists_the_registry(void **state)
{
    (void)state;
    static const char head[] = "\n## Every indicator\n";
    struct buf readme = read_whole("metrics/README.md"), wanted = expected_list();
    const char *list = strstr(readme.ptr, head);
    if (!list || strcmp(list + strlen(head), wanted.ptr) != 0) {
        FILE *file = fopen(BUILD_FOLDER "/indicators.md", "wb");
        if (file && fputs(wanted.ptr, file) >= 0 && fclose(file) == 0)
            print_error("put %s under ## Every indicator\n", BUILD_FOLDER "/indicators.md");
        fail_msg("metrics/README.md does not list what the registry holds");
    }
    buf_free(&readme);
    buf_free(&wanted);
}

static void the_readme_lists_the_models(void **state)
{
    (void)state;
    struct buf readme = read_whole("metrics/README.md");
    for (size_t i = 0; i < model_count; i++) {
        char quoted[64];
        snprintf(quoted, sizeof quoted, "`%s`", models[i].label.id);
        if (!strstr(readme.ptr, quoted))
            fail_msg("metrics/README.md does not name the model %s", quoted);
        for (size_t w = 0; w < MODEL_WEIGHTS && models[i].weights[w].measure; w++)
            assert_true(*measures[models[i].weights[w].measure].label.text.in[LANG_FR]);
    }
    buf_free(&readme);
}

static bool names(const char *list, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = list; (at = strstr(at, id)); at += len)
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    return false;
}

static void in_a_table(const struct indicator *row)
{
    for (size_t i = 0; i < tables_count; i++)
        if (names(tables[i].rows, row->label.id))
            return;
    fail_msg("%s stands in no table of the report", row->label.id);
}

static void every_indicator_stands_in_a_table(void **state)
{
    (void)state;
    every(in_a_table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(ids_are_unique),
        cmocka_unit_test(the_catalogue_is_there),
        cmocka_unit_test(every_indicator_stands_in_a_table),
        cmocka_unit_test(every_recommendation_is_served),
        cmocka_unit_test(the_readme_lists_the_registry),
        cmocka_unit_test(the_readme_lists_the_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
