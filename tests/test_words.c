// SPDX-License-Identifier: GPL-3.0-or-later
// Both languages: every label of every registry, and every text of what a run over the bundled
// study writes for people. No word of the other language, no text left untranslated, and French set
// as in Canada. The lists are tests/values/words_*.txt.
#include "engine/report/table.h"
#include "engine/run/estimate.h"
#include "metrics/activity.h"
#include "metrics/admin.h"
#include "metrics/family.h"
#include "metrics/plan_state.h"
#include "metrics/tables.h"
#include "plots/chart.h"
#include "tests/help_run.h"
#include "tests/help_words.h"
#include "tests/help_zip.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct words lists;
static size_t seen, faults;

static void complain(const char *where, struct str piece, const char *what)
{
    if (faults++ < 40)
        print_error("%s: %s: %.*s\n", where, what, (int)piece.len, piece.ptr);
}

static void expect_none(size_t at_least)
{
    size_t found = faults;
    assert_true(seen >= at_least);
    seen = faults = 0;
    assert_int_equal(found, 0);
}

// ---- registries

static void check_text(const char *where, struct text t, bool may_be_empty)
{
    for (int lang = 0; lang < LANG_COUNT; lang++, seen++) {
        struct str piece = t.in[lang] ? str_of(t.in[lang]) : (struct str){0};
        const char *fault = piece_fault(&lists, piece, (enum lang)lang);
        if (*fault)
            complain(where, piece, fault);
        if (!piece.len && !may_be_empty)
            complain(where, piece, "empty");
    }
    struct str french = str_of(t.in[LANG_FR]);
    if (strcmp(t.in[LANG_EN], t.in[LANG_FR]) == 0 && piece_has_word(french) &&
        dict_find(&lists.same, french) < 0)
        complain(where, french, "the same in both languages");
}

static void check_labels(const char *where, const struct label *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!labels[i].id || !*labels[i].id)
            complain(where, str_of(labels[i].text.in[LANG_EN]), "no id");
        check_text(where, labels[i].text, false);
    }
}

static void indicators_speak_both(void **state)
{
    (void)state;
    for (size_t f = 0; f < family_count; f++) {
        check_labels("family", &families[f]->label, 1);
        for (size_t i = 0; i < families[f]->count; i++) {
            const struct indicator *row = &families[f]->rows[i];
            check_labels(row->label.id, &row->label, 1);
            check_text(row->label.id, row->definition, false);
        }
    }
    expect_none(600);
}

static void charts_and_tables_speak_both(void **state)
{
    (void)state;
    for (size_t i = 0; i < chart_count; i++) {
        check_labels("chart", &charts[i].label, 1);
        check_text("chart", charts[i].question, false);
    }
    for (size_t i = 0; i < tables_count; i++) {
        check_labels("table", &tables[i].label, 1);
        check_text("table", tables[i].question, false);
    }
    expect_none(100);
}

static void symbols_statuses_and_units_speak_both(void **state)
{
    (void)state;
    for (size_t i = 0; i < symbol_count; i++)
        check_text(symbols[i].id, symbols[i].meaning, false);
    for (size_t i = 0; i < UNIT_KINDS; i++)
        check_text(unit_table[i].id, unit_table[i].sign, true);
    check_labels("status", status_labels, EST_STATUS_COUNT);
    check_labels("missing", missing_labels, MISSING_COUNT);
    check_labels("scale", scale_labels, SCALE_COUNT);
    check_labels("reject", reject_labels, REJECT_REASON_COUNT);
    check_labels("plan", plan_status_labels, PLAN_STATUS_COUNT);
    check_labels("reason", activity_reasons, ACTIVITY_REASONS);
    check_labels("reason", admin_reasons, ADMIN_REASONS);
    expect_none(100);
}

// ---- what a run writes

static struct dict english; // pieces of the English files

// A region carries the letter of its column: "Alberta (C)".
static struct str without_letter(struct str s)
{
    if (s.len > 4 && s.ptr[s.len - 1] == ')' && s.ptr[s.len - 3] == '(')
        s.len -= 4;
    return s;
}

static bool is_table_name(struct str piece)
{
    for (size_t i = 0; i < tables_count; i++)
        if (str_is(piece, tables[i].label.id))
            return true;
    return false;
}

static void take(const char *where, struct str piece, enum lang lang)
{
    if (piece_is_name(piece) || is_table_name(piece))
        return;
    seen++;
    const char *fault = piece_fault(&lists, piece, lang);
    if (*fault)
        complain(where, piece, fault);
    if (lang == LANG_EN)
        dict_add(&english, piece);
    else if (dict_find(&english, piece) >= 0 && piece_has_word(piece) &&
             dict_find(&lists.same, without_letter(piece)) < 0)
        complain(where, piece, "the same in both languages");
}

static void take_english(void *context, const char *where, struct str piece)
{
    (void)context;
    take(where, piece, LANG_EN);
}

static void take_french(void *context, const char *where, struct str piece)
{
    (void)context;
    take(where, piece, LANG_FR);
}

static piece_fn *const takers[LANG_COUNT] = {take_english, take_french};

typedef void pieces_fn(struct str file, const char *where, piece_fn *give, void *context);

static void read_file(const char *path, pieces_fn *pieces, enum lang lang)
{
    struct buf text = read_whole(path);
    assert_non_null(text.ptr);
    pieces(buf_view(&text), path, takers[lang], NULL);
    buf_free(&text);
}

static void read_folder(const char *folder, const char *ending, pieces_fn *pieces, enum lang lang)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        char path[1024];
        size_t len = strlen(e->d_name), tail = strlen(ending);
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (len > tail && strcmp(e->d_name + len - tail, ending) == 0)
            read_file(path, pieces, lang);
    }
    closedir(dir);
}

static char *made_path(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "west/%s", name);
    return scratch_path(path);
}

// The files of a folder in either language: "….en.html", "….fr.html".
static void both(const char *folder, const char *kind, pieces_fn *pieces)
{
    char *path = made_path(folder);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char ending[64];
        snprintf(ending, sizeof ending, ".%s.%s", lang_ids[lang], kind);
        read_folder(path, ending, pieces, (enum lang)lang);
    }
    free(path);
}

static void reports_are_in_one_language(void **state)
{
    (void)state;
    both("", "html", pieces_of_markup);
    expect_none(10000);
}

static void tables_are_in_one_language(void **state)
{
    (void)state;
    both("tables", "md", pieces_of_markdown);
    expect_none(5000);
}

static void charts_are_in_one_language(void **state)
{
    (void)state;
    static const char *const regions[] = {"charts/all", "charts/mb", "charts/sk"};
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        both(regions[i], "svg", pieces_of_markup);
    expect_none(2000);
}

static void workbooks_are_in_one_language(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        char name[64];
        snprintf(name, sizeof name, "workbook.%s.xlsx", lang_ids[lang]);
        char *path = made_path(name);
        struct buf archive = read_whole(path);
        struct parts parts = {0};
        assert_true(zip_read(buf_view(&archive), &parts));
        const struct part *strings = zip_part(&parts, "xl/sharedStrings.xml");
        assert_non_null(strings);
        pieces_of_markup(buf_view(&strings->bytes), name, takers[lang], NULL);
        zip_free(&parts);
        buf_free(&archive);
        free(path);
    }
    expect_none(1000);
}

// plots/README.md shows the charts as the program draws them.
static void the_gallery_is_current(void **state)
{
    (void)state;
    for (size_t i = 0; i < chart_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            char shown[128], drawn[128];
            snprintf(shown, sizeof shown, "plots/gallery/%s.%s.svg", charts[i].label.id,
                     lang_ids[lang]);
            snprintf(drawn, sizeof drawn, "charts/all/%s.%s.svg", charts[i].label.id,
                     lang_ids[lang]);
            char *path = made_path(drawn);
            struct buf got = read_whole(path), aim = read_whole(shown);
            if (got.ptr && (!aim.ptr || !str_same(buf_view(&got), buf_view(&aim))))
                complain(shown, str_of(path), "is not what is drawn now (make gallery)");
            seen += got.ptr != NULL;
            buf_free(&got);
            buf_free(&aim);
            free(path);
        }
    expect_none(30);
}

// The checks must be able to fail.
static void faults_are_seen(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum lang lang;
    } wrong[] = {
        {"Valeur: 3", LANG_FR},      {"Valeur : 3", LANG_FR}, {"Pourquoi ?", LANG_FR},
        {"12 %", LANG_FR},           {"12%", LANG_FR},        {"« mot »", LANG_FR},
        {"le \"mot\"", LANG_FR},     {"l' indice", LANG_FR},  {"3.5", LANG_FR},
        {"que Alberta", LANG_FR},    {"the total", LANG_FR},  {"Withheld", LANG_FR},
        {"Indice (value)", LANG_FR}, {"une valeur", LANG_EN}, {"région", LANG_EN},
        {"a «word»", LANG_EN},       {"Value : 3", LANG_EN},
    };
    static const char *const right[] = {"Valeur\xC2\xA0: 3,5\xC2\xA0%", "«\xC2\xA0mot\xC2\xA0»",
                                        "Qui, et pourquoi?", "jusqu'à l'an 2003; etalon 1.2.3"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (!*piece_fault(&lists, str_of(wrong[i].text), wrong[i].lang))
            fail_msg("no fault is seen in: %s", wrong[i].text);
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        assert_string_equal(piece_fault(&lists, str_of(right[i]), LANG_FR), "");
}

static int start(void **state)
{
    (void)state;
    words_load(&lists);
    char *out = scratch_path("west");
    struct outcome o = RUN("run", "datasets/west", "-o", out, "-q", "--formats", "html,md,xlsx",
                           "--charts", "svg");
    bool good = o.status == 0 && lists.foreign[LANG_EN].keys.len > 200 &&
                lists.foreign[LANG_FR].keys.len > 200;
    outcome_free(&o);
    free(out);
    return good ? 0 : -1;
}

static int clean(void **state)
{
    (void)state;
    words_free(&lists);
    dict_free(&english);
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_are_seen),
        cmocka_unit_test(indicators_speak_both),
        cmocka_unit_test(charts_and_tables_speak_both),
        cmocka_unit_test(symbols_statuses_and_units_speak_both),
        cmocka_unit_test(reports_are_in_one_language),
        cmocka_unit_test(tables_are_in_one_language),
        cmocka_unit_test(charts_are_in_one_language),
        cmocka_unit_test(workbooks_are_in_one_language),
        cmocka_unit_test(the_gallery_is_current),
    };
    return cmocka_run_group_tests(tests, start, clean);
}
