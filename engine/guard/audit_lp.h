// SPDX-License-Identifier: GPL-3.0-or-later
// The linear programme of one audit, kept from question to question: a cell is let go or held, and
// the next answer starts from the last one. In deviations: a hidden count is its true value n plus
// d, with d >= -n; on each line the deviations add up to nothing. Inside engine/guard only.
#pragma once
#include "engine/guard/audit.h"

struct audit_lp;
struct audit_lp *audit_lp_open(const struct audit *a); // cells are as the audit has them
void audit_lp_close(struct audit_lp *lp);
void audit_lp_hide(struct audit_lp *lp, uint32_t cell);
void audit_lp_show(struct audit_lp *lp, uint32_t cell);
// How far the cell may lie from its true value; infinite where nothing holds it, 0 where there is
// no solution.
double audit_lp_least(struct audit_lp *lp, uint32_t cell);
double audit_lp_most(struct audit_lp *lp, uint32_t cell);
// Is the range at least so wide?
bool audit_lp_wide(struct audit_lp *lp, uint32_t cell, double width);
// The cheapest way to move a hidden cell up by so much, when shown cells may move at a price per
// unit: marks those that do. False when there is no way.
bool audit_lp_move(struct audit_lp *lp, uint32_t cell, double by, const double *price, bool *moved);
// Copies into the audit's proofs what was found of each hidden cell.
void audit_lp_proofs(struct audit_lp *lp, struct audit *a);
