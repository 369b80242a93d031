// SPDX-License-Identifier: GPL-3.0-or-later
// What people read for ids of items, levels, regions, indicators and answers.
#include "metrics/press.h"

#include "metrics/family.h"

// Columns of an item that are items of their own.
static const struct label parts[] = {
    LABEL("importance", "%1: importance", "%1" NBSP ": importance"),
    LABEL("acceptable", "%1: acceptable", "%1" NBSP ": acceptable"),
    LABEL("before", "%1: before", "%1" NBSP ": avant"),
};

static bool find_name(const struct press *p, const char *id, struct text *name)
{
    const struct item *item = press_item(p, id);
    if (item)
        *name = item->label;
    for (size_t i = 0; !item && i < p->s->survey_count; i++) {
        const struct survey *s = &p->s->surveys[i];
        for (size_t k = 0; k < s->ratio_count; k++)
            if (strcmp(s->ratios[k].id, id) == 0)
                return *name = s->ratios[k].label, true;
        for (size_t k = 0; k < s->composite_count; k++)
            if (strcmp(s->composites[k].id, id) == 0)
                return *name = s->composites[k].title, true;
    }
    for (size_t i = 0; !item && i < p->s->activity_count; i++)
        for (size_t k = 0; k < p->s->activities[i].standard_count; k++)
            if (strcmp(p->s->activities[i].standards[k].id, id) == 0)
                return *name = p->s->activities[i].standards[k].label, true;
    return item != NULL;
}

// An id that the study gives no name: the label of one of its lists, else the id itself.
static struct text listed_name(struct press *p, const char *id)
{
    static const char *const lists[] = {"service", "standard", "measure", "item"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct text name = press_level_name(p, lists[i], id);
        if (strcmp(name.in[LANG_EN], id) != 0)
            return name;
    }
    return say_plain(id);
}

struct text press_item_name(struct press *p, const char *item)
{
    struct text name;
    const char *dot = strrchr(item, '.');
    if (find_name(p, item, &name))
        return name.in[LANG_EN] && *name.in[LANG_EN] ? name : say_plain(item);
    for (size_t i = 0; dot && i < COUNT(parts); i++)
        if (strcmp(dot + 1, parts[i].id) == 0)
            return SAY(p->a, parts[i].text,
                       press_item_name(p, arena_copy(p->a, item, (size_t)(dot - item))));
    const char *slash = strchr(item, '/'); // a target: indicator/item, or the indicator alone
    if (!slash && indicator_find(item))
        return press_indicator_name(p, item);
    if (slash && strchr(arena_copy(p->a, item, (size_t)(slash - item)), '.')) {
        struct text which = press_indicator_name(p, arena_copy(p->a, item, (size_t)(slash - item)));
        if (!slash[1])
            return which;
        return SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")), which,
                   press_item_name(p, slash + 1));
    }
    return listed_name(p, item);
}

static const struct label known_breakdowns[] = {
    LABEL("channel", "Channel", "Mode"),       LABEL("segment", "Segment", "Segment"),
    LABEL("service", "Service", "Service"),    LABEL("language", "Language", "Langue"),
    LABEL("sector", "Sector", "Secteur"),      LABEL("type", "Type", "Type"),
    LABEL("partner", "Partner", "Partenaire"), LABEL("status", "Status", "État"),
};

struct text press_breakdown_name(struct press *p, const char *by)
{
    struct text name;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *found = study_breakdown(p->s, by, (enum lang)lang);
        if (strcmp(found, by) == 0)
            found = label_find(known_breakdowns, COUNT(known_breakdowns), by, (enum lang)lang);
        name.in[lang] = found;
    }
    return name;
}

static const struct label known_levels[] = {
    LABEL("unknown", "not known", "inconnu"),
    LABEL("dont_know", "don't know", "ne sait pas"),
    LABEL("not_applicable", "not applicable", "sans objet"),
    LABEL("refused", "refused", "refus"),
    LABEL("blank", "no answer", "sans réponse"),
    LABEL("ongoing", "ongoing", "continu"),
    LABEL("completed", "completed", "terminé"),
    LABEL("planned", "planned", "prévu"),
    LABEL("in_design", "in design", "en conception"),
    LABEL("under_review", "under review", "à l'étude"),
    LABEL("stalled", "stalled", "impasse"),
    LABEL("no_action", "no action", "aucune action"),
    LABEL("publish", "publish", "publication"),
    LABEL("interact", "interact", "interaction"),
    LABEL("transact", "transact", "transaction"),
    LABEL("none", "not on-line", "hors ligne"),
    LABEL("innovative_leaders", "Innovative Leaders", "Chefs de file novateurs"),
    LABEL("visionary_challengers", "Visionary Challengers", "Aspirants visionnaires"),
    LABEL("emerging_performers", "Emerging Performers", "Acteurs émergents"),
    LABEL("platform_builders", "Platform Builders", "Bâtisseurs de plateformes"),
    LABEL("primary", "primary opportunity", "possibilité principale d'amélioration"),
    LABEL("secondary", "secondary opportunity", "possibilité secondaire d'amélioration"),
    LABEL("maintain", "strength to maintain", "point fort à maintenir"),
    LABEL("low_priority", "lower priority", "faible priorité"),
    LABEL("telephone", "telephone", "téléphone"),
    LABEL("in_person", "in person", "en personne"),
    LABEL("online", "online", "en ligne"),
    LABEL("email", "email", "courriel"),
    LABEL("mail", "postal mail", "courrier postal"),
    LABEL("fax", "fax", "télécopieur"),
    LABEL("access", "access", "accès"),
    LABEL("accuracy", "accuracy", "exactitude"),
    LABEL("timeliness", "timeliness", "délai"),
    LABEL("other", "other", "autre"),
};

struct text press_level_name(struct press *p, const char *by, const char *level)
{
    struct text name;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const char *found = study_level(p->s, by, level, (enum lang)lang);
        if (strcmp(found, level) == 0)
            found = label_find(known_levels, COUNT(known_levels), level, (enum lang)lang);
        name.in[lang] = found;
    }
    return name;
}

struct text press_region_name(struct press *p, uint16_t region)
{
    struct text name;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        name.in[lang] = places_region_name(p->places, region, (enum lang)lang);
    return name;
}

// One capital a region; past Z two of them.
static const char *letter_of(struct press *p, uint16_t region)
{
    int first = region / 26, last = region % 26;
    if (first == 0)
        return arena_print(p->a, "%c", 'A' + last);
    return arena_print(p->a, "%c%c", 'A' + (first - 1) % 26, 'A' + last);
}

struct text press_region_head(struct press *p, uint16_t region)
{
    struct text name = press_region_name(p, region);
    if (region == REGION_TOTAL)
        return name;
    return SAY(p->a, ((struct text)TEXT("%1 (%2)", "%1 (%2)")), name,
               say_plain(letter_of(p, region)));
}

static bool unit_in_head(enum unit unit)
{
    return unit == UNIT_SECONDS || unit == UNIT_DAYS || unit == UNIT_POINTS;
}

static const struct indicator *known_indicator(const struct press *p, const char *id)
{
    const struct indicator *found = indicator_find(id);
    const struct row_range rows = results_rows(p->r, id);
    for (size_t i = rows.from; !found && i < rows.to; i++)
        if (strcmp(p->r->estimates.at[i].indicator->label.id, id) == 0)
            found = p->r->estimates.at[i].indicator;
    return found;
}

struct text press_indicator_name(struct press *p, const char *indicator)
{
    const struct indicator *self = known_indicator(p, indicator);
    if (!self)
        return say_plain(indicator);
    if (!unit_in_head(self->unit))
        return self->label.text;
    return SAY(p->a, ((struct text)TEXT("%1 (%2)", "%1 (%2)")), self->label.text,
               unit_table[self->unit].sign);
}

static const struct text satisfaction[] = {
    TEXT("Very dissatisfied", "Très insatisfaits"),
    TEXT("Somewhat dissatisfied", "Plutôt insatisfaits"),
    TEXT("Neither", "Ni satisfaits ni insatisfaits"),
    TEXT("Somewhat satisfied", "Plutôt satisfaits"),
    TEXT("Very satisfied", "Très satisfaits"),
};
static const struct text agreement[] = {
    TEXT("Strongly disagree", "Fortement en désaccord"), TEXT("Disagree", "En désaccord"),
    TEXT("Neither", "Ni d'accord ni en désaccord"),      TEXT("Agree", "D'accord"),
    TEXT("Strongly agree", "Fortement d'accord"),
};

struct text press_answer_name(struct press *p, const struct item *item, const char *code)
{
    for (size_t i = 0; item && i < item->answer_count; i++)
        if (strcmp(item->answers[i].code, code) == 0)
            return item->answers[i].text;
    bool is_point = code[0] >= '1' && code[0] <= '5' && !code[1];
    if (item && is_point && item->scale == SCALE_SATISFACTION)
        return satisfaction[code[0] - '1'];
    if (item && is_point && item->scale == SCALE_AGREEMENT)
        return agreement[code[0] - '1'];
    return press_level_name(p, "answer", code);
}
