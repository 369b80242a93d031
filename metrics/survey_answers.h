// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the family survey that give one estimate per answer.
#pragma once
#include "metrics/respondents.h"

compute_fn survey_count, survey_share, survey_share_all;
// Shown, not compared: another row says the same and is, or the differences would mean little.
void leave_uncompared(struct estimate *e);
