// SPDX-License-Identifier: GPL-3.0-or-later
// Reach: who knows the centres and would pay, from surveys; how much of the market they serve.
#include "metrics/reach_market.h"
#include "metrics/reach_people.h"

#define ROW(id, en, fr, unit_, direction_, base_, formula_, definition_en, definition_fr, inputs_, \
            serves_, source_, interval_, compute_)                                                 \
    {                                                                                              \
        .label = LABEL(id, en, fr), .unit = unit_, .direction = direction_, .decimals = -1,        \
        .interval = interval_, .base = base_, .formula = formula_,                                 \
        .definition = TEXT(definition_en, definition_fr), .inputs = inputs_, .serves = serves_,    \
        .source = source_, .compute = compute_                                                     \
    }

// clang-format off
static const struct indicator rows[] = {
    ROW("reach.aware_unaided", "Unaided awareness", "Notoriété spontanée", UNIT_PERCENT, 1,
        "asked the unaided question; don't know = not aware", "100 Σw(named unprompted) / Σw",
        "The share of people who name the service without being prompted.",
        "La part des personnes qui nomment le service sans qu'on le leur souffle.", "role: aware_unaided", "1e 2d",
        "Service Canada 2006; don't know: own decision", INTERVAL_DESIGN, reach_aware_unaided),
    ROW("reach.aware_aided", "Aided awareness only", "Notoriété assistée seulement", UNIT_PERCENT, 0,
        "asked the unaided question", "100 Σw(aware only when prompted) / Σw",
        "The share of people who know the service only when it is named to them.",
        "La part des personnes qui ne connaissent le service que lorsqu'on le leur nomme.", "roles aware_unaided, aware_aided",
        "1e", "Service Canada 2006", INTERVAL_DESIGN, reach_aware_aided),
    ROW("reach.aware_total", "Total awareness", "Notoriété totale", UNIT_PERCENT, 1, "asked the unaided question",
        "unaided + aided only", "The share of people who know the service, prompted or not.",
        "La part des personnes qui connaissent le service, spontanément ou non.", "roles aware_unaided, aware_aided", "1e",
        "Service Canada 2006", INTERVAL_DESIGN, reach_aware_total),
    ROW("reach.recall", "Message recalled", "Message retenu", UNIT_PERCENT, 1, "valid", "100 Σw(recalls) / Σw",
        "The share of people who recall a message.", "La part des personnes qui se souviennent d'un message.", "role: recall",
        "1e", "own decision", INTERVAL_DESIGN, reach_recall),
    ROW("reach.willing", "Willing to pay this price", "Prêts à payer ce prix", UNIT_PERCENT, 0, "valid",
        "100 Σw(highest price accepted ≥ p) / Σw", "The share of clients who would pay this price.",
        "La part des clients qui paieraient ce prix.", "role: willing", "1d",
        "idea: evaluation summary 2004; own decision", INTERVAL_DESIGN, reach_willing),
    ROW("reach.willing_all", "Willing to pay this price, of all asked",
        "Prêts à payer ce prix, de toutes les personnes interrogées", UNIT_PERCENT, 0, "all",
        "100 Σw(highest price accepted ≥ p) / Σw of all asked",
        "The share of everyone asked who would pay this price; who does not know counts as unwilling.",
        "La part de toutes les personnes interrogées qui paieraient ce prix; qui ne sait pas compte comme un refus.",
        "role: willing", "1d", "own decision", INTERVAL_DESIGN, reach_willing_all),
    ROW("reach.willing_direct_cost", "Willing to pay the direct cost", "Prêts à payer les coûts directs", UNIT_PERCENT, 0,
        "valid", "willing at the direct cost", "The share of clients who would pay what the service costs directly.",
        "La part des clients qui paieraient les coûts directs du service.", "role: willing, direct_cost", "1d",
        "evaluation summary 2004 (reference of 50 %, base unknown)", INTERVAL_DESIGN, reach_willing_direct_cost),
    ROW("reach.price_median", "Price that half would pay", "Prix accepté par la moitié", UNIT_DOLLARS, 0, "valid",
        "highest step with willing ≥ 50", "The highest price step that at least half of clients would pay.",
        "Le prix le plus élevé que paierait au moins la moitié des clients.", "role: willing", "1d", "own decision",
        INTERVAL_NONE, reach_price_median),
    ROW("reach.revenue_100", "Revenue per 100 clients", "Recettes pour 100 clients", UNIT_DOLLARS, 0, "valid", "p · willing(p)",
        "What 100 clients would bring in at this price.", "Ce que rapporteraient 100 clients à ce prix.", "role: willing", "1d",
        "own decision", INTERVAL_DESIGN, reach_revenue_100),
    REACH_MARKET_ROWS,
};
// clang-format on

const struct family reach_family = {
    .label = LABEL("reach", "Reach", "Rayonnement"),
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .read = reach_market_read,
    .compute = reach_market_compute,
    .drop = reach_market_drop,
};
