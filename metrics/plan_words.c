// SPDX-License-Identifier: GPL-3.0-or-later
// The words and dates of an action plan, in both languages (indicators.md 8 and 13).
#include "engine/base/cal.h"
#include "engine/base/utf8.h"
#include "metrics/plan_state.h"

const struct label plan_status_labels[PLAN_STATUS_COUNT] = {
    [PLAN_NONE] = LABEL("unknown", "not stated", "non précisé"),
    [PLAN_ONGOING] = LABEL("ongoing", "ongoing", "continu"),
    [PLAN_COMPLETED] = LABEL("completed", "completed", "terminé"),
    [PLAN_PLANNED] = LABEL("planned", "planned", "prévu"),
    [PLAN_IN_DESIGN] = LABEL("in_design", "in design", "en conception"),
    [PLAN_UNDER_REVIEW] = LABEL("under_review", "under review", "à l'étude"),
    [PLAN_STALLED] = LABEL("stalled", "stalled", "impasse"),
    [PLAN_NO_ACTION] = LABEL("no_action", "no action", "aucune action"),
};

// Folded: lower case, no accents; '_' reads as a blank.
static const struct {
    const char *word;
    enum plan_status status;
} words[] = {
    {"ongoing", PLAN_ONGOING},         {"on-going", PLAN_ONGOING},
    {"continuous", PLAN_ONGOING},      {"continu", PLAN_ONGOING},
    {"en continu", PLAN_ONGOING},      {"continue", PLAN_ONGOING},
    {"completed", PLAN_COMPLETED},     {"done", PLAN_COMPLETED},
    {"termine", PLAN_COMPLETED},       {"acheve", PLAN_COMPLETED},
    {"terminee", PLAN_COMPLETED},      {"achevee", PLAN_COMPLETED},
    {"planned", PLAN_PLANNED},         {"prevu", PLAN_PLANNED},
    {"prevue", PLAN_PLANNED},          {"in design", PLAN_IN_DESIGN},
    {"en conception", PLAN_IN_DESIGN}, {"under review", PLAN_UNDER_REVIEW},
    {"en cours", PLAN_UNDER_REVIEW},   {"a l'etude", PLAN_UNDER_REVIEW},
    {"stalled", PLAN_STALLED},         {"impasse", PLAN_STALLED},
    {"no action", PLAN_NO_ACTION},     {"aucune action", PLAN_NO_ACTION},
};
enum { WORDS = sizeof words / sizeof *words };

// Folded, with plain blanks and apostrophes.
static struct str plain(struct arena *a, struct str word)
{
    struct str folded = utf8_fold(a, str_trim(word));
    char *out = arena_copy(a, folded.ptr, folded.len);
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        bool curly = folded.len - i > 2 && memcmp(folded.ptr + i, "\xE2\x80\x99", 3) == 0;
        out[len++] = curly ? '\'' : folded.ptr[i] == '_' ? ' ' : folded.ptr[i];
        i += curly ? 2 : 0;
    }
    return (struct str){out, len};
}

enum plan_status plan_status_read(struct str word, const char **near)
{
    struct arena scratch = {0};
    const char *known[WORDS];
    enum plan_status status = PLAN_NONE;
    struct str folded = plain(&scratch, word);
    for (size_t i = 0; i < WORDS; i++) {
        known[i] = words[i].word;
        if (str_is(folded, words[i].word))
            status = words[i].status;
    }
    *near = NULL;
    if (status == PLAN_NONE)
        *near = str_nearest(arena_copy(&scratch, folded.ptr, folded.len), known, WORDS);
    arena_free(&scratch);
    return status;
}

static const struct {
    const char *name;
    int month, day;
} seasons[] = {
    {"spring", 6, 20},   {"printemps", 6, 20}, {"summer", 9, 22},
    {"ete", 9, 22},      {"autumn", 12, 20},   {"fall", 12, 20},
    {"automne", 12, 20}, {"winter", 3, 20},    {"hiver", 3, 20},
};

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

static int number_of(struct str digits)
{
    int value = 0;
    for (size_t i = 0; i < digits.len; i++)
        value = value * 10 + (digits.ptr[i] - '0');
    return value;
}

// "2004-06": the last day of the month. "2004-spring": the last day before the next season.
static bool month_or_season(struct str text, int32_t *day)
{
    if (text.len < 6 || text.ptr[4] != '-' || !is_digits((struct str){text.ptr, 4}))
        return false;
    int year = number_of((struct str){text.ptr, 4});
    struct str rest = {text.ptr + 5, text.len - 5};
    for (size_t i = 0; i < sizeof seasons / sizeof *seasons; i++)
        if (str_is(rest, seasons[i].name)) {
            *day = cal_days(year, seasons[i].month, seasons[i].day);
            return true;
        }
    int month = rest.len == 2 && is_digits(rest) ? number_of(rest) : 0;
    if (month < 1 || month > 12)
        return false;
    *day = cal_days(year, month, cal_month_length(year, month));
    return true;
}

bool plan_date_read(struct str text, int32_t *day)
{
    struct arena scratch = {0};
    struct str folded = plain(&scratch, text);
    struct period period;
    const char *near;
    *day = PLAN_NO_DATE;
    bool known = plan_status_read(folded, &near) == PLAN_ONGOING || month_or_season(folded, day) ||
                 date_read(folded, DATE_YMD, day);
    if (!known && period_read(text, &period) && period.kind != PERIOD_ALL) {
        *day = period_last_day(period);
        known = true;
    }
    arena_free(&scratch);
    return known;
}
