// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/effect.h"

#include "engine/stats/dist.h"

#include <math.h>

double effect_cohen_d(double difference, double sd_a, double sd_b)
{
    double pooled = sqrt((sd_a * sd_a + sd_b * sd_b) / 2);
    return pooled > 0 && isfinite(difference) ? difference / pooled : NAN;
}

double effect_cohen_h(double p_a, double p_b)
{
    if (!(p_a >= 0 && p_a <= 1) || !(p_b >= 0 && p_b <= 1))
        return NAN;
    return 2 * asin(sqrt(p_a)) - 2 * asin(sqrt(p_b));
}

double effect_detectable(double se, double df, double alpha)
{
    if (!(se >= 0) || isinf(se))
        return NAN;
    return (dist_t_quantile(1 - alpha / 2, df) + dist_t_quantile(0.8, df)) * se;
}

bool effect_trend(const bool *present, size_t periods, double *c)
{
    double count = 0, mean = 0, squares = 0;
    for (size_t k = 0; k < periods; k++) {
        c[k] = 0;
        count += present[k];
        mean += present[k] ? (double)k : 0;
    }
    if (count < 2)
        return false;
    mean /= count;
    for (size_t k = 0; k < periods; k++)
        squares += present[k] ? ((double)k - mean) * ((double)k - mean) : 0;
    for (size_t k = 0; k < periods; k++)
        if (present[k])
            c[k] = ((double)k - mean) / squares;
    return true;
}

double effect_contrast(const double *c, const double *theta, size_t count)
{
    long double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (c[i] != 0)
            sum += (long double)c[i] * theta[i];
    return (double)sum;
}

double effect_contrast_variance(const double *c, const double *cov, size_t count)
{
    long double sum = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            if (c[i] != 0 && c[j] != 0)
                sum += (long double)c[i] * cov[i * count + j] * c[j];
    return (double)(sum < 0 ? 0 : sum);
}
