// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/chart.h"

const struct chart charts[] = {
    {LABEL("answers", "Spread of answers", "Répartition des réponses"),
     TEXT("How are the answers spread?", "Comment les réponses se répartissent-elles?"),
     "survey.share", "answers", draw_answers},
    {LABEL("scores", "Scores with intervals", "Résultats et intervalles"),
     TEXT("Who differs, and how sure are we?", "Qui se distingue, et avec quelle certitude?"),
     "cmt.index survey.mean", "scores", draw_scores},
    {LABEL("gaps", "Importance and satisfaction", "Importance et satisfaction"),
     TEXT("Where do expectations exceed the service?",
          "Où les attentes dépassent-elles le service?"),
     "cmt.gap survey.mean", "gaps", draw_gaps},
    {LABEL("priorities", "Importance and satisfaction matrix", "Matrice importance/satisfaction"),
     TEXT("What should be improved first?", "Que faut-il améliorer en premier?"),
     "drivers.csv cmt.index", "priorities", draw_priorities},
    {LABEL("trend", "Trend", "Tendance"),
     TEXT("Is it getting better, and is it real?", "Y a-t-il amélioration, et est-elle réelle?"),
     "cmt.index", "trend", draw_trend},
    {LABEL("change", "Change", "Variation"),
     TEXT("What moved since last year?", "Qu'est-ce qui a changé depuis un an?"),
     "comparisons.csv cmt.index", "change", draw_change},
    {LABEL("breakdown", "Groups of clients", "Groupes de clients"),
     TEXT("For whom is it different?", "Pour qui est-ce différent?"), "cmt.index survey.mean",
     "breakdown", draw_breakdown},
    {LABEL("maturity", "Service maturity", "Maturité des services"),
     TEXT("How far along are the services?", "Où en sont les services?"),
     "egov.overall egov.service_maturity", "maturity", draw_maturity},
    {LABEL("standards", "Service standards", "Normes de service"),
     TEXT("Are the promises kept?", "Les promesses sont-elles tenues?"),
     "standards.performance standards.met standards.gap", "standards", draw_standards},
    {LABEL("channels", "Channels", "Modes de service"),
     TEXT("How do clients come?", "Comment les clients s'adressent-ils au centre?"),
     "activity.share activity.contacts", "channels", draw_channels},
    {LABEL("waits", "Waits", "Attentes"),
     TEXT("How long do clients wait?", "Combien de temps les clients attendent-ils?"),
     "activity.wait_median activity.wait_p90", "waits", draw_waits},
    {LABEL("control", "Control chart", "Carte de contrôle"),
     TEXT("Is the process stable?", "Le processus est-il stable?"),
     "activity.service_level activity.abandonment activity.contacts tests.csv", "control",
     draw_control},
    {LABEL("heat", "Strong and weak spots", "Points forts et points faibles"),
     TEXT("Where are the strong and weak spots?",
          "Où sont les points forts et les points faibles?"),
     "cmt.index", "items", draw_heat},
    {LABEL("regions", "Regions side by side", "Régions côte à côte"),
     TEXT("Who moves together, who apart?", "Qui évolue ensemble, qui s'écarte?"), "cmt.index",
     "trend", draw_regions},
    {LABEL("funnel", "Size and satisfaction", "Taille et satisfaction"),
     TEXT("Who is further off than the size of the sample explains?",
          "Qui s'écarte plus que la taille de l'échantillon ne l'explique?"),
     "cmt.top2", "satisfied", draw_funnel},
    {LABEL("progress", "Progress to targets", "Progression vers les cibles"),
     TEXT("Are the targets within reach?", "Les cibles sont-elles à portée?"),
     "cmt.target cmt.progress", "progress", draw_progress},
};
const size_t chart_count = sizeof charts / sizeof *charts;

bool chart_lay_out(const struct chart *chart, struct plot *p)
{
    p->chart = chart;
    p->canvas.arena = p->arena;
    return chart->draw(p);
}

void plot_free(struct plot *p)
{
    canvas_free(&p->canvas);
    buf_free(&p->title);
    buf_free(&p->subtitle);
    buf_free(&p->alternative);
}
