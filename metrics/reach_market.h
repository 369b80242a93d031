// SPDX-License-Identifier: GPL-3.0-or-later
// Reach in the market: clients against the population, contacts against visits. Clients and
// contacts are taken from the results of the family `activity`, which is computed before.
#pragma once
#include "metrics/admin.h"

MUST_CHECK enum status reach_market_read(struct run *run, void **state);
// Fills the rows of reach_family whose ids stand below.
void reach_market_compute(struct run *run, void *state);
void reach_market_drop(void *state);

// The rows of the registry, for the array of reach.c; their functions are called from here.
// clang-format off
#define REACH_MARKET_ROWS                                                                          \
    {LABEL("reach.penetration", "Market penetration", "Pénétration du marché"),                    \
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "reported", "100 · clients of existing segments / establishments", \
     TEXT("Identified clients in business, as a share of the establishments of the region.",       \
          "Clients identifiés exploitant une entreprise, en part des établissements de la région."), \
     "activity: client, segments; population: stratum all", "1c 1e", "own decision", NULL},        \
    {LABEL("reach.startup_reach", "Reach among new firms", "Portée auprès des nouvelles entreprises"), \
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "reported", "100 · clients of start segments / new firms", \
     TEXT("Identified clients starting a business, as a share of the new firms of the region.",    \
          "Clients identifiés en démarrage, en part des nouvelles entreprises de la région."),     \
     "activity: client, segments; population: stratum new", "1c", "own decision", NULL},           \
    {LABEL("reach.representativity", "Representativity", "Représentativité"),                      \
     UNIT_INDEX_100, 0, -1, INTERVAL_NONE, "reported", "100 · client share / population share",    \
     TEXT("Share of a stratum among clients against its share of the market; 100 means as in the market.", \
          "Part d'une strate parmi les clients par rapport à sa part du marché; 100 signifie comme dans le marché."), \
     "activity: client, breakdown; population: by", "1c", "own decision", NULL},                   \
    {LABEL("reach.dissimilarity", "Dissimilarity from the market", "Dissemblance par rapport au marché"), \
     UNIT_POINTS, -1, -1, INTERVAL_NONE, "reported", "½ Σ |client share − population share|",      \
     TEXT("Share of the clients that would have to be of another stratum to mirror the market.",   \
          "Part des clients qui devraient appartenir à une autre strate pour refléter le marché."), \
     "activity: client, breakdown; population: by", "1c", "Duncan and Duncan (1955)", NULL},       \
    {LABEL("reach.conversion", "Contacts per 100 visits", "Contacts pour 100 visites"),            \
     UNIT_PERCENT, 0, -1, INTERVAL_NONE, "reported", "100 · contacts / visits",                    \
     TEXT("Contacts with the centres for every 100 visits of their web site.",                     \
          "Contacts avec les centres pour 100 visites de leur site Web."),                         \
     "activity: events, and counts with visits", "1e", "own decision", NULL}
// clang-format on
