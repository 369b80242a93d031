// SPDX-License-Identifier: GPL-3.0-or-later
// Rao–Wu rescaling bootstrap: in each stratum n_h - 1 PSUs are drawn with replacement and the
// weight of a PSU is multiplied by n_h/(n_h - 1) · (times drawn) (Rao, Wu and Yue 1992). Draws are
// a function of (seed, replicate, stratum, draw) alone, so any replicate can be made by any worker.
#pragma once
#include "engine/base/num.h"

// sizes: PSUs of each stratum; factor: one per PSU, stratum after stratum. A stratum of one PSU
// keeps factor 1 (what becomes of it is the lonely rule's affair).
void bootstrap_factors(uint64_t seed, uint64_t replicate, const uint32_t *sizes, size_t strata,
                       double *factor);
uint64_t bootstrap_random(uint64_t seed, uint64_t replicate, uint64_t stratum, uint64_t draw);
