// SPDX-License-Identifier: GPL-3.0-or-later
// What columns are called in the files that centres and departments keep.
#include "engine/base/utf8.h"
#include "engine/study/init.h"

enum { MOST_WORDS = 10 };

static const struct {
    const char *role;
    const char *words[MOST_WORDS]; // folded; anything but letters and digits as _
} synonyms[] = {
    {"region",
     {"province", "centre", "center", "office", "bureau", "owner_org", "department",
      "department_name_en", "territory"}},
    {"period",
     {"periode", "date", "quarter", "trimestre", "fiscal_yr", "fiscal_year", "exercice",
      "interviewed_on", "month"}},
    {"time", {"date", "occurred_at", "timestamp", "day", "jour", "mois", "month", "period"}},
    {"weight", {"poids", "wt", "pw", "wgt", "final_weight"}},
    {"stratum", {"strata", "strate"}},
    {"cluster", {"psu", "grappe", "office", "bureau", "centre", "center", "school", "ecole"}},
    {"fpc", {"n_psu", "n_offices", "n_bureaux", "n_centres", "n_clusters", "population_size"}},
    {"respondent", {"respondent_id", "respnum", "repondant", "id"}},
    {"channel", {"canal", "mode"}},
    {"client", {"client_id", "customer", "customer_id"}},
    {"service", {"service_id"}},
    {"wait", {"wait_s", "attente", "wait_seconds"}},
    {"handle", {"handle_s", "handle_seconds"}},
    {"fee", {"frais", "fees"}},
    {"language", {"langue"}},
    {"contact", {"contact_id"}},
    {"case", {"case_id", "dossier"}},
    {"offered", {"callsoffered", "calls_offered"}},
    {"handled", {"callshandled", "calls_handled"}},
    {"abandoned", {"callsabandoned", "calls_abandoned"}},
    {"answer_s", {"averagespeedofanswer", "average_speed_of_answer"}},
    {"within_pct", {"servicelevel", "service_level"}},
    {"visits", {"visites"}},
    {"standard", {"standard_id", "service_std_id", "norme"}},
    {"target", {"service_std_target", "cible"}},
    {"met", {"volume_met", "volume_meeting_target"}},
    {"total", {"total_volume"}},
    {"registration", {"e_registration"}},
    {"authentication", {"e_authentication"}},
    {"application", {"e_application"}},
    {"decision", {"e_decision"}},
    {"issuance", {"e_issuance"}},
    {"feedback", {"e_feedback"}},
    {"recommendation", {"recommandation"}},
    {"status", {"etat"}},
};

// The roles that give a kind away, first match wins; what is left is a survey.
static const struct {
    enum input_kind kind;
    const char *roles[4];
} signs[] = {
    {INPUT_COUNTS, {"time", "offered"}},
    {INPUT_COUNTS, {"time", "visits"}},
    {INPUT_STANDARDS, {"standard", "met", "total"}},
    {INPUT_LEDGER, {"measure", "numerator", "denominator"}},
    {INPUT_BENCHMARKS, {"indicator", "group", "value"}},
    {INPUT_TARGETS, {"indicator", "target"}},
    {INPUT_PLAN, {"recommendation", "status"}},
    {INPUT_PLAN, {"recommendation", "due"}},
    {INPUT_POPULATION, {"stratum", "count"}},
    {INPUT_SERVICES, {"service", "level", "reached"}},
    {INPUT_SERVICES, {"service", "registration", "application", "issuance"}},
    {INPUT_EVENTS, {"time", "wait"}},
    {INPUT_EVENTS, {"time", "client"}},
    {INPUT_EVENTS, {"time", "contact"}},
};

static bool same_word(struct str name, const char *word)
{
    struct arena scratch = {0};
    struct str fold = utf8_fold(&scratch, name);
    bool same = fold.len == strlen(word);
    for (size_t i = 0; i < fold.len && same; i++) {
        char c = fold.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        same = (plain ? c : '_') == word[i];
    }
    arena_free(&scratch);
    return same;
}

static long find_word(const struct init_file *f, const char *word)
{
    for (size_t i = 0; i < f->count; i++)
        if (same_word(str_of(f->columns[i].name), word))
            return (long)i;
    return -1;
}

long init_role(const struct init_file *f, const char *role)
{
    long at = find_word(f, role);
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        for (size_t w = 0; at < 0 && w < MOST_WORDS && synonyms[i].words[w]; w++)
            if (strcmp(synonyms[i].role, role) == 0)
                at = find_word(f, synonyms[i].words[w]);
    return at;
}

enum input_kind init_kind(const struct init_file *f)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        bool all = true;
        for (size_t r = 0; r < 4 && signs[i].roles[r]; r++)
            all = all && init_role(f, signs[i].roles[r]) >= 0;
        if (all)
            return signs[i].kind;
    }
    return INPUT_SURVEY;
}
