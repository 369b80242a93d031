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
    {LABEL("breakdown", "Groups of clients", "Groupes de clients"),
     TEXT("For whom is it different?", "Pour qui est-ce différent?"), "cmt.index survey.mean",
     "breakdown", draw_breakdown},
    {LABEL("waits", "Waits", "Attentes"),
     TEXT("How long do clients wait?", "Combien de temps les clients attendent-ils?"),
     "activity.wait_median activity.wait_p90", "waits", draw_waits},
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
