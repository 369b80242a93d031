// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/dist.h"

#include "engine/stats/beta.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>

void dist_start(void)
{
    gsl_set_error_handler_off();
}

static double finite_or_nan(double value)
{
    return isfinite(value) ? value : NAN;
}

static int is_probability(double p) // open interval; false for NaN
{
    return p > 0 && p < 1;
}

// From 1e8 df on, t and z differ by (z³ + z)/(4 df) to all digits of a double.
static const double many = 1e8;

double dist_t_two_sided(double t, double df)
{
    if (isnan(t) || !(df >= 1) || isinf(df))
        return NAN;
    t = fabs(t);
    if (df > many)
        return 2 * dist_normal_upper(t < 1e3 ? t - (t * t * t + t) / (4 * df) : t);
    return dist_f_upper(t * t, 1, df); // gsl_cdf_tdist_Q keeps 8 digits in tails
}

// The density of T at t > 0 is that of Y = t²/(df + t²), a Beta(1/2, df/2), times dy/dt =
// 2y(1-y)/t; GSL's own loses digits with many df.
static double t_density(double t, double df)
{
    return df < 1e4 ? gsl_ran_tdist_pdf(t, df) : beta_power(t * t / (df + t * t), 0.5, df / 2) / t;
}

// Newton's steps on the upper tail, from GSL's own inverse, which is good to about 1e-8.
static double find_t(double p, double df)
{
    if (!is_probability(p) || !(df >= 1) || isinf(df))
        return NAN;
    double tail = p < 0.5 ? p : 1 - p, z = -gsl_cdf_ugaussian_Pinv(tail);
    double t = df < 1e4 ? -gsl_cdf_tdist_Pinv(tail, df) : z + (z * z * z + z) / (4 * df);
    for (int step = 0; step < 4 && isfinite(t) && t > 0 && df <= many; step++) {
        double miss = dist_t_two_sided(t, df) / 2 - tail, move = miss / t_density(t, df);
        if (!isfinite(move))
            break;
        t += move;
        if (fabs(move) <= 1e-15 * t)
            break;
    }
    return finite_or_nan(p < 0.5 ? -t : t);
}

// A run asks for the quantiles of a few df many thousand times. Each thread remembers some; what it
// remembers changes no result.
struct remembered {
    double p, df, t;
};
enum { REMEMBERED = 256 };

double dist_t_quantile(double p, double df)
{
    static _Thread_local struct remembered memo[REMEMBERED];
    if (!is_probability(p) || !(df >= 1) || isinf(df))
        return NAN;
    struct remembered *slot = &memo[((size_t)df * 8 + (size_t)(p * 1e3)) % REMEMBERED];
    if (slot->p != p || slot->df != df)
        *slot = (struct remembered){p, df, find_t(p, df)};
    return slot->t;
}

double dist_f_upper(double f, double d1, double d2)
{
    if (isnan(f) || !(d1 > 0) || !(d2 > 0) || isinf(d1) || isinf(d2))
        return NAN;
    if (isinf(f) || f <= 0)
        return f <= 0;
    if (d1 + d2 < 1e4)
        return finite_or_nan(gsl_cdf_fdist_Q(f, d1, d2));
    double odds = d1 * f / d2; // d1·F/d2 are the odds of a Beta(d1/2, d2/2)
    return odds < 1 ? beta_tail(odds / (1 + odds), d1 / 2, d2 / 2, 1)
                    : beta_tail(1 / (1 + odds), d2 / 2, d1 / 2, 0);
}

// A distribution function of one variable with up to two parameters.
struct law {
    double (*lower)(double x, double a, double b);
    double (*density)(double x, double a, double b);
    double a, b;
};

// Root of lower(x) = p in [low, high]: bisection, hurried on by Newton's step wherever that stays
// between the bounds and still shrinks; ends when no double is left between them.
static double invert(struct law law, double p, double low, double high)
{
    double x = low + (high - low) / 2, last = high - low;
    for (int i = 0; i < 2000; i++) {
        double miss = law.lower(x, law.a, law.b) - p;
        if (isnan(miss))
            return NAN;
        if (miss < 0)
            low = x;
        else
            high = x;
        double density = law.density(x, law.a, law.b);
        double next = density > 0 ? x - miss / density : NAN;
        double step = fabs(next - x);
        if (step <= DBL_EPSILON / 2 * x)
            return x;
        if (!(next > low && next < high) || !(step < last / 2)) {
            next = low > 0 && high / low > 4 ? sqrt(low) * sqrt(high) : low + (high - low) / 2;
            step = high - low;
        }
        if (next <= low || next >= high)
            return x;
        last = step;
        x = next;
    }
    return x;
}

static double beta_lower(double x, double a, double b)
{
    return beta_tail(x, a, b, 0);
}

static double beta_density(double x, double a, double b)
{
    return beta_power(x, a, b) / (x * (1 - x));
}

double dist_beta_quantile(double p, double a, double b)
{
    if (!(p >= 0 && p <= 1) || !(a >= 0) || !(b >= 0) || (a == 0 && b == 0) || isinf(a) || isinf(b))
        return NAN;
    if (a == 0 || b == 0)
        return a == 0 ? 0 : 1;
    if (p == 0 || p == 1)
        return p;
    return invert((struct law){beta_lower, beta_density, a, b}, p, 0, 1);
}

// F is odds of a Beta; the side that is smaller is found, so that neither odds lose digits.
double dist_f_quantile(double p, double d1, double d2)
{
    if (!is_probability(p) || !(d1 > 0) || !(d2 > 0) || isinf(d1) || isinf(d2))
        return NAN;
    double x = dist_beta_quantile(p, d1 / 2, d2 / 2);
    if (x < 0.5)
        return finite_or_nan(d2 * x / (d1 * (1 - x)));
    double y = dist_beta_quantile(1 - p, d2 / 2, d1 / 2);
    return finite_or_nan(d2 * (1 - y) / (d1 * y));
}

double dist_chi2_upper(double x, double df)
{
    if (isnan(x) || !(df > 0) || isinf(df))
        return NAN;
    if (isinf(x))
        return x < 0;
    return finite_or_nan(gsl_cdf_chisq_Q(x, df));
}

static double chi2_lower(double x, double df, double unused)
{
    (void)unused;
    return gsl_cdf_chisq_P(x, df);
}

static double chi2_density(double x, double df, double unused)
{
    (void)unused;
    return gsl_ran_chisq_pdf(x, df);
}

double dist_chi2_quantile(double p, double df)
{
    if (!is_probability(p) || !(df > 0) || isinf(df))
        return NAN;
    double high = df + 10;
    while (isfinite(high) && gsl_cdf_chisq_P(high, df) < p)
        high *= 2;
    return finite_or_nan(invert((struct law){chi2_lower, chi2_density, df, 0}, p, 0, high));
}

double dist_normal_upper(double z)
{
    return isnan(z) ? NAN : gsl_cdf_ugaussian_Q(z);
}

double dist_normal_quantile(double p)
{
    return is_probability(p) ? finite_or_nan(gsl_cdf_ugaussian_Pinv(p)) : NAN;
}

static int is_binomial(double p, double n)
{
    return p >= 0 && p <= 1 && n >= 0 && n < 9e15 && n == floor(n);
}

double dist_binomial_lower(double k, double p, double n)
{
    if (!is_binomial(p, n) || isnan(k))
        return NAN;
    k = floor(k);
    if (k < 0 || k >= n)
        return k >= n;
    if (p == 0 || p == 1)
        return p == 0;
    return finite_or_nan(beta_tail(p, k + 1, n - k, 1));
}

static double binomial_upper(double k, double p, double n) // P(B >= k), 1 <= k <= n
{
    return p == 0 || p == 1 ? p : beta_tail(p, k, n - k + 1, 0);
}

double dist_binomial_low(double tail, double p, double n)
{
    if (!is_binomial(p, n) || !(tail >= 0 && tail <= 1))
        return NAN;
    double good = 0, bad = n + 1; // P(B < 0) = 0; the answer is at most n
    while (bad - good > 1) {
        double middle = floor(good + (bad - good) / 2);
        if (dist_binomial_lower(middle - 1, p, n) <= tail)
            good = middle;
        else
            bad = middle;
    }
    return good;
}

double dist_binomial_high(double tail, double p, double n)
{
    if (!is_binomial(p, n) || !(tail >= 0 && tail <= 1))
        return NAN;
    double bad = 0, good = n + 1; // P(B >= n + 1) = 0
    while (good - bad > 1) {
        double middle = floor(bad + (good - bad) / 2);
        if (binomial_upper(middle, p, n) <= tail)
            good = middle;
        else
            bad = middle;
    }
    return good;
}
