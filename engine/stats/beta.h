// SPDX-License-Identifier: GPL-3.0-or-later
// The incomplete beta function, right to about 13 digits also where GSL's gives nan or loses half
// of its digits (parameters above 10⁴). For dist.c.
#pragma once

// I_x(a, b) where upper is 0, 1 - I_x(a, b) where it is 1; a, b > 0. NaN outside or without
// convergence.
double beta_tail(double x, double a, double b, int upper);
// x^a (1-x)^b / B(a, b)
double beta_power(double x, double a, double b);
