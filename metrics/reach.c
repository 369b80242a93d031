// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/respondents.h"

const struct family reach_family = {.label = LABEL("reach", "Reach", "Rayonnement")};
