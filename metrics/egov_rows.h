// SPDX-License-Identifier: GPL-3.0-or-later
// The functions behind the rows of the family: service maturity (indicators.md 4.2), and the other
// measures (4.4). Each gives its rows for the cell, whose state is a struct egov_view.
#pragma once
#include "metrics/egov_state.h"

compute_fn egov_services, egov_online, egov_breadth, egov_depth, egov_service_maturity,
    egov_level_share, egov_crm, egov_csm, egov_voice, egov_overall_row, egov_group, egov_plateau,
    egov_rank, egov_contribution, egov_gain, egov_step_gain;
compute_fn egov_end_to_end, egov_end_to_end_applicable, egov_points_enabled, egov_any_point,
    egov_with_standard, egov_hv_end_to_end, egov_hv_standard_met, egov_hv_online_share, egov_stage,
    egov_stage_target, egov_at_target, egov_stage_share, egov_egdi, egov_egdi_band;

// Is the cell a region or the total, without a breakdown?
bool egov_whole(const struct cell *cell);

void egov_compute(struct run *run, void *state);
