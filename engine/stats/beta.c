// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/beta.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double pi2 = 6.283185307179586;

// ln Γ(z) minus Stirling's (z - 1/2) ln z - z + ln(2π)/2.
static double stirling_rest(double z)
{
    int sign; // lgamma would keep it where other threads see it
    if (z < 15)
        return lgamma_r(z, &sign) - ((z - 0.5) * log(z) - z + 0.5 * log(pi2));
    double zz = z * z;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / (1680 * zz)) / zz) / zz) / z;
}

// a ln(a/m) + m - a without cancellation near a = m, where the series in v = (a-m)/(a+m) is
// a - m = v (a + m), ln(a/m) = 2 (v + v³/3 + v⁵/5 + …) (Loader 2000).
static double deviance(double a, double m)
{
    double gap = a - m, v = gap / (a + m);
    if (fabs(v) > 0.1)
        return a * log(a / m) - gap;
    double sum = gap * v, power = 2 * a * v;
    for (int k = 3; k < 1000; k += 2) {
        power *= v * v;
        double next = sum + power / k;
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double beta_power(double x, double a, double b)
{
    double n = a + b;
    double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    return sqrt(a / n * b / pi2) * exp(rest - deviance(a, n * x) - deviance(b, n * (1 - x)));
}

// Lentz's evaluation of the continued fraction 1/(1 + d1/(1 + d2/(1 + …))) (DLMF 8.17.22); about
// √max(a, b) terms when x is below (a+1)/(a+b+2).
static double fraction(double x, double a, double b)
{
    double value = 1, c = 1, d = 0;
    for (int k = 0; k < 200000; k++) {
        double m = k / 2; // whole
        double top = k == 0       ? 1
                     : k % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                                  : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + top * d;
        d = 1 / (d == 0 ? 1e-300 : d);
        c = k == 0 ? INFINITY : 1 + top / c;
        c = c == 0 ? 1e-300 : c;
        double factor = k == 0 ? d : c * d;
        value *= factor;
        if (k > 1 && fabs(factor - 1) < 1e-16)
            return value;
    }
    return NAN;
}

double beta_tail(double x, double a, double b, int upper)
{
    if (!(a > 0) || !(b > 0) || isinf(a) || isinf(b) || isnan(x))
        return NAN;
    if (x <= 0 || x >= 1)
        return (x >= 1) != (upper != 0);
    if (a + b < 1e4)
        return upper ? gsl_cdf_beta_Q(x, a, b) : gsl_cdf_beta_P(x, a, b);
    int swap = x > (a + 1) / (a + b + 2);
    double near = swap ? beta_power(x, a, b) / b * fraction(1 - x, b, a)
                       : beta_power(x, a, b) / a * fraction(x, a, b);
    return swap == (upper != 0) ? near : 1 - near;
}
