// SPDX-License-Identifier: GPL-3.0-or-later
// Reach among people, from survey items with a role: awareness, recall, willingness to pay.
#pragma once
#include "metrics/respondents.h"

// Respondents who accept a price of a ladder and refuse a lower one.
uint64_t reach_broken_ladders(const struct frame *f);

compute_fn reach_aware_unaided, reach_aware_aided, reach_aware_total, reach_recall, reach_willing,
    reach_willing_all, reach_willing_direct_cost, reach_price_median, reach_revenue_100;
