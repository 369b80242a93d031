// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/admin.h"

#include <math.h>
#include <strings.h>

const struct label admin_reasons[ADMIN_REASONS] = {
    LABEL("excess", "the numerator is above the denominator, as reported",
          "le numérateur dépasse le dénominateur dans les chiffres déclarés"),
    LABEL("not_reported", "more than 5% of the units did not report",
          "plus de 5\xC2\xA0% des unités n'ont pas fourni leurs chiffres"),
    LABEL("period_incomplete", "part of the period was not reported",
          "une partie de la période n'a pas été déclarée"),
    LABEL("no_target", "there is no target", "aucune cible n'est fixée"),
    LABEL("target_changed", "the target changed during the period",
          "la cible a changé au cours de la période"),
    LABEL("nothing_measured", "nothing was to be measured", "il n'y avait rien à mesurer"),
    LABEL("switched_off", "the study leaves these measures out for this region",
          "l'étude n'applique pas ces mesures à cette région"),
    LABEL("measure_missing", "a measure that the model needs is missing",
          "il manque une mesure dont le modèle a besoin"),
    LABEL("no_thresholds", "the model has no published thresholds",
          "le modèle n'a pas de seuils publiés"),
    LABEL("weights_unverified", "the weights of the model are quoted, not verified at the source",
          "les poids du modèle sont cités, sans vérification à la source"),
    LABEL("differs", "figures that should agree do not",
          "des chiffres qui devraient concorder diffèrent"),
    LABEL("not_comparable", "the baseline was asked in another way",
          "la valeur de référence a été mesurée autrement"),
    LABEL("no_date", "there is no date to measure from", "il manque une date de référence"),
};

static struct ask ask_of(const struct input *in, const struct admin_column *c)
{
    return (struct ask){
        .role = c->role,
        .names = c->names.count ? c->names : input_column(in, c->role, 1),
        .kind = c->kind,
        .missing = &in->missing,
        .required = c->required,
        .administrative = c->kind == CELL_NUMBER,
        .codes = c->codes,
        .where = in->where,
    };
}

static enum status ask_all(struct run *run, const struct admin_reading *reading, struct ask *asks,
                           size_t *count)
{
    enum status status = OK;
    for (size_t i = 0; i < reading->count; i++) {
        struct admin_column *c = &reading->columns[i];
        struct ask ask = ask_of(reading->input, c);
        c->ask = ADMIN_NONE;
        if (ask.names.count) {
            c->ask = (int)*count;
            asks[(*count)++] = ask;
        } else if (c->required) {
            status = diag(run->diags, E0451, reading->input->where, "`%s` needs a column for `%s`",
                          reading->input->id, c->role);
        }
    }
    return status;
}

enum status admin_read(struct run *run, const struct admin_reading *reading)
{
    struct ask *asks = mem_new(reading->count + 1, sizeof *asks);
    size_t count = 0;
    enum status status = ask_all(run, reading, asks, &count);
    if (!status) {
        struct request request = {
            .study = run->study,
            .input = reading->input,
            .asks = asks,
            .ask_count = count,
            .time_role = reading->time_role,
            .no_region = reading->no_region,
            .sink = reading->sink,
            .context = reading->context,
        };
        status = input_read(&request, run->places, run->ledger, run->diags);
    }
    mem_free(asks);
    return status;
}

double admin_decimal_value(struct decimal d)
{
    double real;
    if (d.scale != DECIMAL_REAL)
        return decimal_value(d);
    memcpy(&real, &d.mantissa, sizeof real);
    return real;
}

double admin_number(const struct block *b, const struct admin_column *c, size_t row,
                    enum missing *why)
{
    struct decimal d;
    if (admin_decimal(b, c, row, &d)) {
        if (why)
            *why = VALID;
        return admin_decimal_value(d);
    }
    if (why)
        *why = c->ask == ADMIN_NONE ? MISSING_NOT_ASKED : b->columns[c->ask].why[row];
    return NAN;
}

bool admin_decimal(const struct block *b, const struct admin_column *c, size_t row,
                   struct decimal *out)
{
    if (c->ask == ADMIN_NONE || b->columns[c->ask].why[row] != VALID)
        return false;
    *out = b->columns[c->ask].number[row];
    return true;
}

uint32_t admin_code(const struct block *b, const struct admin_column *c, size_t row)
{
    if (c->ask == ADMIN_NONE || b->columns[c->ask].why[row] != VALID)
        return ADMIN_NO_CODE;
    return b->columns[c->ask].code[row];
}

struct str admin_word(const struct dict *codes, uint32_t code)
{
    return code == ADMIN_NO_CODE ? STR("") : codes->keys.at[code];
}

bool admin_same(struct str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.ptr, b, a.len) == 0;
}

enum missing admin_missing(struct str word)
{
    static const struct {
        const char *word;
        enum missing why;
    } known[] = {
        {"", MISSING_BLANK},
        {"ND", MISSING_BLANK},
        {"n.d.", MISSING_BLANK},
        {"..", MISSING_BLANK},
        {"x", MISSING_BLANK},
        {"NA", MISSING_NOT_APPLICABLE},
        {"N/A", MISSING_NOT_APPLICABLE},
        {"S.O.", MISSING_NOT_APPLICABLE},
        {"...", MISSING_NOT_APPLICABLE},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (admin_same(word, known[i].word))
            return known[i].why;
    return VALID;
}

void admin_share(struct estimate *e, double numerator, double denominator)
{
    e->numerator = numerator;
    e->denominator = denominator;
    if (!(denominator > 0)) {
        admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
        return;
    }
    estimate_set(e, 100 * numerator / denominator);
    if (numerator > denominator)
        admin_caution(e, "excess");
}

void admin_absent(struct estimate *e, enum estimate_status status, const char *reason)
{
    e->value = NAN;
    e->status = status;
    e->reason = reason;
}

void admin_caution(struct estimate *e, const char *reason)
{
    if (e->status != EST_OK && e->status != EST_CAUTION)
        return;
    e->status = EST_CAUTION;
    e->reason = reason;
}

void admin_unreported(struct estimate *e, double unreported, double units)
{
    if (units > 0 && unreported > 0.05 * units)
        admin_caution(e, "not_reported");
}

uint16_t admin_region(const struct places *p, uint16_t first)
{
    return first == REGION_TOTAL ? first : p->region_rank[first];
}

uint16_t admin_period(const struct places *p, uint16_t first)
{
    return p->period_rank[first];
}
