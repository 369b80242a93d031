// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of what was read and what is missing. They come from the ledger, which counts files, not
// regions.
#include "metrics/press.h"

#include <math.h>

struct table *table_files_whole(struct press *p)
{
    static const struct text heads[] = {
        TEXT("Rows read", "Lignes lues"),    TEXT("Used", "Utilisées"),
        TEXT("Filtered out", "Filtrées"),    TEXT("Rejected", "Rejetées"),
        TEXT("Weight of zero", "Poids nul"),
    };
    const struct ledger *l = p->r->ledger;
    struct table *t = press_table(p, REGION_TOTAL, NO_TITLE, (struct text)TEXT("File", "Fichier"));
    t->caption = t->title;
    for (size_t i = 0; i < COUNT(heads); i++)
        table_column(p->a, t, heads[i], true);
    for (size_t i = 0; l && i < l->files.len; i++) {
        const struct file_count *f = &l->files.at[i];
        struct table_cell *row = table_row(p->a, t);
        row[0] = cell_label(say_plain(f->name));
        row[1] = cell_count((double)f->read);
        row[2] = cell_count((double)f->used);
        row[3] = cell_count((double)f->filtered);
        row[4] = cell_count((double)f->rejected);
        row[5] = cell_count((double)f->zero_weight);
    }
    return t->row_count ? t : NULL;
}

// ---- cells by reason, columns of the same name of one input taken together

struct cell_sums {
    const struct input *input;
    const char *column;
    uint64_t by[MISSING_COUNT];
};

static struct cell_sums *sums_of(struct press *p, size_t *count)
{
    const struct ledger *l = p->r->ledger;
    struct cell_sums *sums = NEWS(p->a, (l ? l->columns.len : 0) + 1, struct cell_sums);
    struct dict seen = {0};
    struct buf key = {0};
    for (size_t i = 0; l && i < l->columns.len; i++) {
        const struct column_count *c = &l->columns.at[i];
        const struct input *input = l->files.at[c->file].input;
        buf_clear(&key);
        buf_print(&key, "%d\x1f%s\x1f%s", (int)input->kind, input->id, c->column);
        int at = dict_add(&seen, buf_view(&key));
        sums[at].input = input, sums[at].column = c->column;
        for (size_t k = 0; k < MISSING_COUNT; k++)
            sums[at].by[k] += c->by[k];
    }
    *count = seen.keys.len;
    buf_free(&key);
    dict_free(&seen);
    return sums;
}

// Something is missing. A column that the files of a register do not have at all tells nothing; a
// question that nobody was asked does.
static bool worth_telling(const struct cell_sums *s)
{
    bool others = s->input->kind == INPUT_SURVEY || s->by[VALID] > 0;
    uint64_t missing = 0;
    for (size_t k = 0; k < MISSING_COUNT; k++) {
        missing += k != VALID ? s->by[k] : 0;
        others = others || (k != MISSING_NOT_ASKED && s->by[k]);
    }
    return missing && others;
}

struct table *table_missing_whole(struct press *p)
{
    size_t count;
    struct cell_sums *sums = sums_of(p, &count);
    struct table *t =
        press_table(p, REGION_TOTAL, NO_TITLE, (struct text)TEXT("Column", "Colonne"));
    t->caption = t->title;
    for (size_t k = 0; k < MISSING_COUNT; k++)
        table_column(p->a, t, missing_labels[k].text, true);
    for (size_t i = 0; i < count; i++) {
        if (!worth_telling(&sums[i]))
            continue;
        struct table_cell *row = table_row(p->a, t);
        row[0] =
            cell_label(say_plain(arena_print(p->a, "%s, %s", sums[i].input->id, sums[i].column)));
        for (size_t k = 0; k < MISSING_COUNT; k++)
            row[1 + k] = cell_count((double)sums[i].by[k]);
    }
    if (t->row_count)
        table_note(
            p->a, t,
            (struct text)TEXT("Columns with at least one missing cell; all files of an input "
                              "together.",
                              "Colonnes ayant au moins une cellule manquante; fichiers d'un "
                              "même ensemble réunis."));
    return t->row_count ? t : NULL;
}

// ---- answers and checks

struct table *table_response_whole(struct press *p)
{
    struct texts items = press_questions(p, "survey.response");
    const struct column columns[] = {
        {.indicator = "survey.response"},
        {.indicator = "survey.response",
         .show = show_numerator,
         .head = TEXT("Valid answers", "Réponses valides")},
        {.indicator = "survey.response",
         .show = show_denominator,
         .head = TEXT("Asked", "Interrogés")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, press_item_rows(p, items, REGION_TOTAL),
                                 items.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

// A column for each input that says which days it has.
struct table *table_coverage_whole(struct press *p)
{
    struct texts inputs = press_items(p, "quality.coverage");
    struct key k = {.item = "", .by = "", .level = ""};
    size_t rows, count = 0;
    struct row *regions = press_region_rows(p, k, &rows);
    struct column *columns = NEWS(p->a, inputs.count + 2, struct column);
    for (size_t i = 0; i < inputs.count; i++)
        columns[count++] = (struct column){
            .indicator = "quality.coverage",
            .item = inputs.at[i],
            .head = SAY(p->a, ((struct text)TEXT("Days covered: %1", "Jours couverts" NBSP ": %1")),
                        say_plain(inputs.at[i]))};
    columns[count++] = (struct column){.indicator = "quality.profile", .item = ""};
    return press_grid(p, REGION_TOTAL, NO_TITLE, regions, rows, columns, count,
                      GRID_PRUNED | GRID_TOTAL);
}

static const struct label checks[] = {
    LABEL("regions", "Regions add up to the whole", "La somme des régions égale l'ensemble"),
    LABEL("levels", "Groups add up to the cell", "La somme des groupes égale la cellule"),
    LABEL("quarters", "Quarters add up to the year", "La somme des trimestres égale l'année"),
    LABEL("calls", "Calls offered are handled or abandoned",
          "Les appels reçus sont traités ou abandonnés"),
    LABEL("met", "No more met than total", "Pas plus de cas conformes que de cas"),
    LABEL("shares", "Shares add up to 100", "La somme des parts égale 100"),
    LABEL("population", "Strata add up to all", "La somme des strates égale le tout"),
    LABEL("contribution", "Contributions add up to the maturity",
          "La somme des contributions égale la maturité"),
    LABEL("history", "Nothing released earlier has changed",
          "Rien de ce qui a été publié n'a changé"),
};

struct table *table_checks_whole(struct press *p)
{
    struct texts items = press_items(p, "quality.reconcile");
    struct row *rows = press_item_rows(p, items, REGION_TOTAL);
    for (size_t i = 0; i < items.count; i++)
        for (size_t k = 0; k < COUNT(checks); k++)
            if (strcmp(checks[k].id, items.at[i]) == 0)
                rows[i].head = checks[k].text;
    const struct column columns[] = {
        {.indicator = "quality.reconcile", .head = TEXT("Difference", "Différence")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows, items.count, columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Check", "Vérification"));
    return t;
}
