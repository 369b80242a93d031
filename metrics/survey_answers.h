// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the family survey that give one estimate per answer.
#pragma once
#include "metrics/respondents.h"

compute_fn survey_count, survey_share, survey_share_all;
