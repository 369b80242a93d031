// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/palette.h"

#include <math.h>

const uint32_t palette_answers[ANSWER_COLOURS] = {0xB2182B, 0xEF8A62, 0xD9D9D9, 0x67A9CF, 0x2166AC};
const uint32_t palette_heat[HEAT_COLOURS] = {0xB35806, 0xF1A340, 0xFEE0B6, 0xF7F7F7,
                                             0xD8DAEB, 0x998EC3, 0x542788};
const uint32_t palette_heat5[5] = {0xB35806, 0xF1A340, 0xF7F7F7, 0x998EC3, 0x542788};
const uint32_t palette_lines[3] = {COLOUR_BLUE, COLOUR_ORANGE, COLOUR_WHOLE};
// Okabe and Ito 2008, in an order in which neighbours differ for every kind of sight.
const uint32_t palette_groups[GROUP_COLOURS] = {0x0072B2, 0xE69F00, 0x56B4E9, 0xD55E00,
                                                0x009E73, 0xF0E442, 0xCC79A7};

struct triple {
    double at[3];
};

// sRGB (IEC 61966-2-1) to linear light, 0..1.
static struct triple linear(uint32_t colour)
{
    struct triple t;
    for (int i = 0; i < 3; i++) {
        double c = (double)(colour >> (16 - 8 * i) & 0xFF) / 255.0;
        t.at[i] = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
    }
    return t;
}

static uint32_t encode(struct triple light)
{
    uint32_t out = 0;
    for (int i = 0; i < 3; i++) {
        double c = fmin(1, fmax(0, light.at[i]));
        c = c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
        out = out << 8 | (uint32_t)lround(255 * c);
    }
    return out;
}

static struct triple product(const double m[3][3], struct triple v)
{
    struct triple t;
    for (int i = 0; i < 3; i++)
        t.at[i] = m[i][0] * v.at[0] + m[i][1] * v.at[1] + m[i][2] * v.at[2];
    return t;
}

static const double to_xyz[3][3] = {{0.4124564, 0.3575761, 0.1804375},
                                    {0.2126729, 0.7151522, 0.0721750},
                                    {0.0193339, 0.1191920, 0.9503041}};
static const double from_xyz[3][3] = {{3.2404542, -1.5371385, -0.4985314},
                                      {-0.9692660, 1.8760108, 0.0415560},
                                      {0.0556434, -0.2040259, 1.0572252}};
static const double white[3] = {0.95047, 1, 1.08883};              // D65
static const double kappa = 24389.0 / 27, epsilon = 216.0 / 24389; // CIE 15:2004

static struct triple lab_of(struct triple light)
{
    struct triple xyz = product(to_xyz, light);
    double f[3];
    for (int i = 0; i < 3; i++) {
        double t = xyz.at[i] / white[i];
        f[i] = t > epsilon ? cbrt(t) : (kappa * t + 16) / 116;
    }
    return (struct triple){{116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])}};
}

static struct triple light_of(struct triple lab)
{
    double y = (lab.at[0] + 16) / 116;
    double f[3] = {y + lab.at[1] / 500, y, y - lab.at[2] / 200};
    struct triple xyz;
    for (int i = 0; i < 3; i++) {
        double cube = f[i] * f[i] * f[i];
        xyz.at[i] = white[i] * (cube > epsilon ? cube : (116 * f[i] - 16) / kappa);
    }
    return product(from_xyz, xyz);
}

// Full deficiency, on linear light: Machado, Oliveira and Fernandes 2009.
static const double deficiency[SIGHT_COUNT][3][3] = {
    [SIGHT_FULL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [SIGHT_PROTAN] = {{0.152286, 1.052583, -0.204868},
                      {0.114503, 0.786281, 0.099216},
                      {-0.003882, -0.048116, 1.051998}},
    [SIGHT_DEUTAN] = {{0.367322, 0.860646, -0.227968},
                      {0.280085, 0.672501, 0.047413},
                      {-0.011820, 0.042940, 0.968881}},
    [SIGHT_TRITAN] = {{1.255528, -0.076749, -0.178779},
                      {-0.078411, 0.930809, 0.147602},
                      {0.004733, 0.691367, 0.303900}},
};

static struct triple seen(uint32_t colour, enum sight sight)
{
    struct triple light = product(deficiency[sight], linear(colour));
    for (int i = 0; i < 3; i++)
        light.at[i] = fmin(1, fmax(0, light.at[i]));
    return lab_of(light);
}

double palette_distance(uint32_t a, uint32_t b, enum sight sight)
{
    struct triple p = seen(a, sight), q = seen(b, sight);
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += (p.at[i] - q.at[i]) * (p.at[i] - q.at[i]);
    return sqrt(sum);
}

static double luminance(uint32_t colour)
{
    struct triple light = linear(colour);
    return 0.2126 * light.at[0] + 0.7152 * light.at[1] + 0.0722 * light.at[2];
}

double palette_contrast(uint32_t a, uint32_t b)
{
    double p = luminance(a), q = luminance(b);
    return (fmax(p, q) + 0.05) / (fmin(p, q) + 0.05);
}

uint32_t palette_text_on(uint32_t colour)
{
    return palette_contrast(0xFFFFFF, colour) > palette_contrast(0, colour) ? 0xFFFFFF : 0;
}

// A place on a row of colours, 0 the first and 1 the last, between two of them in Lab.
static uint32_t between(const uint32_t *colours, size_t count, double place)
{
    double at = fmin(1, fmax(0, place)) * (double)(count - 1);
    size_t low = (size_t)at < count - 1 ? (size_t)at : count - 2;
    double part = at - (double)low;
    if (part < 1e-9)
        return colours[low];
    if (part > 1 - 1e-9)
        return colours[low + 1];
    struct triple a = lab_of(linear(colours[low])), b = lab_of(linear(colours[low + 1])), mix;
    for (int i = 0; i < 3; i++)
        mix.at[i] = a.at[i] + part * (b.at[i] - a.at[i]);
    return encode(light_of(mix));
}

void palette_classes(size_t count, uint32_t out[CLASSES_MOST])
{
    for (size_t i = 0; i < count && i < CLASSES_MOST; i++) {
        double place = count > 1 ? (double)i / (double)(count - 1) : 0.5;
        out[i] = between(palette_answers, ANSWER_COLOURS, place);
    }
}

uint32_t palette_diverging(double distance)
{
    return between(palette_heat, HEAT_COLOURS, (distance + 1) / 2);
}

uint32_t palette_band(size_t step, size_t count)
{
    static const uint32_t ends[2] = {COLOUR_BAND, 0xD8D8D8};
    return between(ends, 2, count > 1 ? (double)step / (double)(count - 1) : 0);
}
