// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tables.h"

#include "engine/report/slug.h"
#include "metrics/press.h"

#define BOTH(name) table_##name##_whole, table_##name##_region
#define WHOLE(name) table_##name##_whole, NULL
#define REGION(name) NULL, table_##name##_region

const struct table_kind tables[] = {
    {LABEL("scores", "Satisfaction index, 0 to 100", "Indice de satisfaction, de 0 à 100"),
     TEXT("Who differs, and how sure are we?", "Qui se distingue, et avec quelle certitude?"),
     "survey", "cmt.index survey.mean", BOTH(scores)},
    {LABEL("satisfied", "Satisfied or agree (4 or 5)", "Satisfaits ou d'accord (4 ou 5)"),
     TEXT("How many are satisfied?", "Combien de clients sont satisfaits?"), "survey",
     "cmt.top2 cmt.top1 cmt.bottom2 cmt.top2_all", BOTH(satisfied)},
    {LABEL("answers", "Answers, share of valid answers", "Réponses, part des réponses valides"),
     TEXT("How are the answers spread?", "Comment les réponses se répartissent-elles?"), "survey",
     "survey.share survey.share_all", BOTH(answers)},
    {LABEL("items", "Satisfaction index by question and region",
           "Indice de satisfaction selon la question et la région"),
     TEXT("Where are strong and weak spots?", "Où sont les points forts et les points faibles?"),
     "survey", "cmt.index survey.mean", BOTH(items)},
    {LABEL("gaps", "Importance and satisfaction, scores 1 to 5",
           "Importance et satisfaction, notes de 1 à 5"),
     TEXT("Where do expectations exceed the service?",
          "Où les attentes dépassent-elles le service?"),
     "survey", "cmt.gap survey.mean", BOTH(gaps)},
    {LABEL("priorities", "Priorities for improvement", "Priorités d'amélioration"),
     TEXT("What should be improved first?", "Que faut-il améliorer en premier?"), "survey",
     "drivers.csv cmt.quadrant cmt.priority_score", BOTH(priorities)},
    {LABEL("drivers-met", "Satisfaction index by number of drivers done well",
           "Indice de satisfaction selon le nombre de facteurs réussis"),
     TEXT("How much do the drivers count together?", "Combien les facteurs comptent-ils ensemble?"),
     "survey", "cmt.drivers_met cmt.drivers_met_share", WHOLE(drivers_met)},
    {LABEL("breakdown", "Satisfaction index by group of clients",
           "Indice de satisfaction selon le groupe de clients"),
     TEXT("For whom is it different?", "Pour qui est-ce différent?"), "survey", "cmt.index",
     BOTH(breakdown)},
    {LABEL("change", "Change of the satisfaction index", "Variation de l'indice de satisfaction"),
     TEXT("What moved?", "Qu'est-ce qui a changé?"), "survey", "comparisons.csv", BOTH(change)},
    {LABEL("trend", "Satisfaction index over time", "Évolution de l'indice de satisfaction"),
     TEXT("Is it getting better?", "Y a-t-il amélioration?"), "survey", "cmt.index", BOTH(trend)},
    {LABEL("progress", "Targets and progress", "Cibles et progression"),
     TEXT("Are targets within reach?", "Les cibles sont-elles à portée?"), "survey",
     "cmt.target cmt.target_met cmt.progress", BOTH(progress)},
    {LABEL("benchmarks", "Comparison with peers", "Comparaison avec les pairs"),
     TEXT("How do others do?", "Que font les autres?"), "survey",
     "cmt.benchmark cmt.benchmark_gap cmt.benchmark_rank", WHOLE(benchmarks)},
    {LABEL("statistics", "Further statistics by question", "Autres statistiques selon la question"),
     TEXT("What else do the answers say?", "Que disent encore les réponses?"), "survey",
     "survey.n survey.median survey.sd cmt.index_2dp cmt.index_standardised cmt.neutral "
     "cmt.gap_index cmt.importance_derived",
     BOTH(statistics)},
    {LABEL("percentiles", "Percentiles by question", "Centiles selon la question"),
     TEXT("What else do the answers say?", "Que disent encore les réponses?"), "survey",
     "survey.p10 survey.p20 survey.p25 survey.p30 survey.p40 survey.p60 survey.p70 "
     "survey.p75 survey.p80 survey.p90",
     BOTH(statistics)},
    {LABEL("further-survey", "Further results of the survey", "Autres résultats du sondage"),
     TEXT("What else do the answers say?", "Que disent encore les réponses?"), "survey",
     "cmt.composite cmt.csi cmt.change cmt.rank survey.nps survey.ratio "
     "cmt.within_acceptable cmt.expectation_gap cmt.expectation_gap_median "
     "cmt.client_standard cmt.accepts cmt.priority_named cmt.benchmark_quartile "
     "cmt.alpha cmt.alpha_standardised cmt.alpha_if_dropped cmt.omega survey.total "
     "survey.count survey.moe_max",
     BOTH(further)},
    {LABEL("maturity", "Service maturity", "Maturité des services"),
     TEXT("How far along are the services?", "Où en sont les services?"), "egov",
     "egov.services egov.online egov.breadth egov.depth egov.service_maturity egov.crm "
     "egov.overall "
     "egov.group egov.rank",
     BOTH(maturity)},
    {LABEL("services", "Services and what they contribute",
           "Services et leur contribution à la maturité"),
     TEXT("Which service gains most?", "Quel service a le plus à gagner?"), "egov",
     "egov.contribution egov.gain egov.step_gain", REGION(services)},
    {LABEL("further-egov", "Further measures of the services", "Autres mesures des services"),
     TEXT("What else is measured?", "Qu'est-ce qui est mesuré d'autre?"), "egov",
     "egov.csm egov.voice egov.plateau egov.end_to_end egov.end_to_end_applicable "
     "egov.points_enabled egov.any_point egov.with_standard egov.hv_end_to_end "
     "egov.hv_standard_met egov.hv_online_share egov.level_share egov.stage "
     "egov.stage_target egov.at_target egov.stage_share egov.egdi egov.egdi_band",
     BOTH(further)},
    {LABEL("standards", "Service standards", "Normes de service"),
     TEXT("Are the promises kept?", "Les promesses sont-elles tenues?"), "standards",
     "standards.performance standards.met standards.gap standards.count standards.assessed "
     "standards.volume",
     BOTH(standards)},
    {LABEL("standard-list", "Service standards, one by one", "Normes de service, une à une"),
     TEXT("Which promises are kept?", "Quelles promesses sont tenues?"), "standards",
     "standards.performance standards.met standards.gap", WHOLE(standard_list)},
    {LABEL("activity", "Activity", "Activités"),
     TEXT("How much was done, and how?", "Qu'a-t-on fait, et comment?"), "activity",
     "activity.contacts activity.clients activity.repeat_rate activity.resolved activity.referred "
     "activity.core_share activity.online_share",
     BOTH(activity)},
    {LABEL("relations", "Relations with clients", "Relations avec les clients"),
     TEXT("Do clients come back, and is one contact enough?",
          "Les clients reviennent-ils, et un contact suffit-il?"),
     "activity",
     "activity.identified activity.contacts_per_client activity.repeat_rate_12m activity.retention "
     "activity.resolved_first activity.channel_switch activity.bundle_rate",
     WHOLE(relations)},
    {LABEL("fees", "Fees and costs", "Frais et coûts"),
     TEXT("What do clients pay?", "Que paient les clients?"), "activity",
     "activity.fees activity.fee_share activity.cost_recovery activity.cost_per_contact",
     WHOLE(fees)},
    {LABEL("channels", "Contacts by channel", "Contacts selon le mode"),
     TEXT("How do clients come?", "Comment les clients s'adressent-ils au centre?"), "activity",
     "activity.share activity.contacts", BOTH(channels)},
    {LABEL("contacts", "Contacts by group", "Contacts selon le groupe"),
     TEXT("Who comes, and for what?", "Qui vient, et pourquoi?"), "activity",
     "activity.contacts activity.share", BOTH(contacts)},
    {LABEL("waits", "Waits, in seconds", "Attentes, en secondes"),
     TEXT("How long do clients wait?", "Combien de temps les clients attendent-ils?"), "activity",
     "activity.wait_mean activity.wait_median activity.wait_p90 activity.handle_mean", BOTH(waits)},
    {LABEL("wait-standards", "Contacts within the standard", "Contacts dans la norme"),
     TEXT("Are clients served in time?", "Les clients sont-ils servis à temps?"), "activity",
     "activity.within_standard activity.standard_met", BOTH(wait_standards)},
    {LABEL("calls", "Calls", "Appels"),
     TEXT("Do calls get through?", "Les appels aboutissent-ils?"), "activity",
     "activity.offered activity.handled activity.abandoned activity.abandonment "
     "activity.service_level activity.answer_time activity.unaccounted",
     WHOLE(calls)},
    {LABEL("further-activity", "Further measures of activity", "Autres mesures des activités"),
     TEXT("What else is measured?", "Qu'est-ce qui est mesuré d'autre?"), "activity",
     "activity.contacts_to_resolution activity.follow_up activity.consent "
     "activity.core_drift activity.core_fee_contacts activity.balance "
     "activity.diversity activity.segment_shift activity.visits "
     "activity.unaccounted_share",
     BOTH(further)},
    {LABEL("control", "The process over time, with its limits",
           "Le processus au fil du temps, avec ses limites"),
     TEXT("Is the process stable?", "Le processus est-il stable?"), "activity",
     "activity.service_level activity.abandonment activity.contacts tests.csv", BOTH(control)},
    {LABEL("reach", "Awareness and reach", "Notoriété et rayonnement"),
     TEXT("Who knows of the service, who is reached?", "Qui connaît le service, qui est rejoint?"),
     "reach",
     "reach.aware_unaided reach.aware_aided reach.aware_total reach.willing_direct_cost "
     "reach.price_median reach.penetration reach.startup_reach",
     BOTH(reach)},
    {LABEL("prices", "Willing to pay, by price", "Prêts à payer, selon le prix"),
     TEXT("What would clients pay?", "Que paieraient les clients?"), "reach",
     "reach.willing reach.willing_all reach.revenue_100", BOTH(prices)},
    {LABEL("further-reach", "Further measures of reach", "Autres mesures du rayonnement"),
     TEXT("What else is measured?", "Qu'est-ce qui est mesuré d'autre?"), "reach",
     "reach.recall reach.conversion reach.representativity reach.dissimilarity", BOTH(further)},
    {LABEL("plan", "Action plan", "Plan d'action"),
     TEXT("Is the plan on time?", "Le plan est-il respecté?"), "plan",
     "plan.recommendations plan.actions plan.on_time plan.overdue plan.slip_mean plan.slip_median "
     "plan.slip_max plan.revised "
     "plan.undated plan.outcome_share",
     WHOLE(plan)},
    {LABEL("plan-status", "Actions by status", "Mesures selon l'état"),
     TEXT("How far is the plan?", "Où en est le plan?"), "plan", "plan.status_share",
     WHOLE(plan_status)},
    {LABEL("ledger", "Ledger of measures", "Registre des mesures"),
     TEXT("Is what was agreed done?", "Ce qui était convenu est-il fait?"), "plan", "plan.ratio",
     WHOLE(ledger)},
    {LABEL("rows", "Rows of the files", "Lignes des fichiers"),
     TEXT("What was read?", "Qu'a-t-on lu?"), "quality", "quality.csv quality.rejected",
     WHOLE(files)},
    {LABEL("response", "Valid answers by question", "Réponses valides selon la question"),
     TEXT("Who answered?", "Qui a répondu?"), "quality", "survey.response survey.share_all",
     WHOLE(response)},
    {LABEL("missing", "Cells by reason", "Cellules selon le motif"),
     TEXT("What is missing, and why?", "Que manque-t-il, et pourquoi?"), "quality", "quality.csv",
     WHOLE(missing)},
    {LABEL("coverage", "Days covered, profiles filled", "Jours couverts, profils remplis"),
     TEXT("How complete are the records of activity?",
          "Les données sur les activités sont-elles complètes?"),
     "quality", "quality.coverage quality.profile", WHOLE(coverage)},
    {LABEL("further-quality", "Further checks", "Autres vérifications"),
     TEXT("What else is measured?", "Qu'est-ce qui est mesuré d'autre?"), "quality",
     "quality.response_rate quality.item_missing quality.skipped_answers quality.coded "
     "quality.mandatory quality.ladder quality.undated quality.excess "
     "quality.duplicates quality.weight_effect",
     WHOLE(further)},
    {LABEL("checks", "Reconciliation", "Rapprochement"),
     TEXT("Do the figures agree with each other?", "Les chiffres concordent-ils?"), "quality",
     "quality.reconcile", WHOLE(checks)},
};
const size_t tables_count = COUNT(tables);

// The order of reports.md 2: client satisfaction first, quality in a part of its own.
static const struct label parts[] = {
    LABEL("survey", "Client satisfaction", "Satisfaction de la clientèle"),
    LABEL("egov", "Service maturity", "Maturité des services"),
    LABEL("standards", "Service standards", "Normes de service"),
    LABEL("activity", "Activity", "Activités"),
    LABEL("reach", "Reach", "Rayonnement"),
    LABEL("plan", "Action plan", "Plan d'action"),
};

static struct table *make(struct press *p, const struct table_kind *kind, uint16_t region)
{
    p->kind = kind;
    if (region == REGION_TOTAL)
        return kind->whole ? kind->whole(p) : NULL;
    return kind->region ? kind->region(p, region) : NULL;
}

// The tables of one family and region; the section is opened by the first of them.
static bool add_family(struct press *p, const char *family, uint16_t region, const char *id,
                       struct text title, int level)
{
    bool open = false;
    for (size_t i = 0; i < tables_count; i++) {
        if (strcmp(tables[i].family, family) != 0)
            continue;
        struct table *t = make(p, &tables[i], region);
        if (!t)
            continue;
        if (!open)
            document_section(p->doc, id, title, level);
        open = true;
        document_table(p->doc, t);
        if (strcmp(tables[i].label.id, "rows") == 0)
            p->doc->quality = t;
    }
    return open;
}

// A part with its families; taken back when it stayed empty.
static void add_part(struct press *p, uint16_t region, const char *id, const char *slug,
                     struct text title)
{
    size_t before = p->doc->sections.len;
    document_section(p->doc, id, title, 2)->region = slug;
    bool any = false;
    for (size_t i = 0; i < COUNT(parts); i++) {
        bool whole = region == REGION_TOTAL;
        const char *anchor = whole ? parts[i].id : arena_print(p->a, "%s-%s", id, parts[i].id);
        any = add_family(p, parts[i].id, region, anchor, parts[i].text, 3) || any;
    }
    if (!any)
        p->doc->sections.len = before;
}

void document_build(struct document *doc, const struct results *r, struct period period)
{
    static const struct text titles[] = {TEXT("Results", "Résultats"),
                                         TEXT("Regions side by side", "Les régions côte à côte")};
    struct press press, *p = &press;
    doc->results = r;
    doc->period = period;
    press_start(p, doc, r, period);
    struct section *s =
        document_section(doc, "highlights", (struct text)TEXT("Highlights", "Faits saillants"), 2);
    s->list = s->highlights = true;
    highlights_add(p, s);
    add_part(p, REGION_TOTAL, "results", "all", titles[p->places->region_count > 0]);
    for (uint16_t i = 0; i < p->places->region_count; i++) {
        const char *slug = slug_of(p->a, places_region_id(p->places, i));
        add_part(p, i, arena_print(p->a, "region-%s", slug), slug, press_region_name(p, i));
    }
    add_family(p, "quality", REGION_TOTAL, "quality",
               (struct text)TEXT("Quality of the data", "Qualité des données"), 2);
    s = document_section(doc, "method", (struct text)TEXT("Method", "Méthode"), 2);
    s->list = true;
    method_add(p, s);
    press_end(p);
}
