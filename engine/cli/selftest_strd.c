// SPDX-License-Identifier: GPL-3.0-or-later
// NIST's data sets that follow a rule, written as the rule gives them.
#include "engine/cli/selftest.h"

// base.2, then base.1 and base.3 in turn.
void selftest_num_acc(struct buf *out, int64_t base, int rows)
{
    buf_print(out, "y\n%lld.2\n", (long long)base);
    for (int i = 1; i < rows; i++)
        buf_print(out, "%lld.%d\n", (long long)base, i % 2 ? 1 : 3);
}

// Nine groups; the first value of each is its centre, the others are a tenth below and above.
void selftest_sm_ls(struct buf *out, int64_t base, int rows)
{
    buf_text(out, "region,y\n");
    for (int group = 1; group <= 9; group++) {
        int centre = group == 1 ? 4 : group % 2 ? 5 : 3;
        for (int i = 0; i < rows; i++)
            buf_print(out, "%d,%lld.%d\n", group, (long long)base,
                      centre + (i == 0  ? 0
                                : i % 2 ? -1
                                        : 1));
    }
}

// x = 0 … 20, y = 1 + x + … + x⁵, plus base times a disturbance; base < 0: y = Σ (x/10)^k.
void selftest_wampler(struct buf *out, int64_t base, int rows)
{
    static const int disturbance[] = {759,   -2048, 2048,  -2048, 2523,  -2048, 2048,
                                      -2048, 1838,  -2048, 2048,  -2048, 1838,  -2048,
                                      2048,  -2048, 2523,  -2048, 2048,  -2048, 759};
    buf_text(out, "y,x1,x2,x3,x4,x5\n");
    for (int64_t x = 0; x < rows; x++) {
        int64_t power[6] = {1}, sum = 1, small = 100000;
        for (int k = 1; k < 6; k++)
            sum += power[k] = power[k - 1] * x;
        for (int k = 1, unit = 10000; k < 6; k++, unit /= 10)
            small += power[k] * unit;
        if (base < 0)
            buf_print(out, "%lld.%05lld", (long long)(small / 100000), (long long)(small % 100000));
        else
            buf_print(out, "%lld", (long long)(sum + base * disturbance[x]));
        for (int k = 1; k < 6; k++)
            buf_print(out, ",%lld", (long long)power[k]);
        buf_char(out, '\n');
    }
}

// One round of the spigot of Rabinowitz and Wagon 1995: the next four digits of π, less the carry.
static int64_t pi_round(int32_t *rest, size_t len)
{
    int64_t sum = 0;
    for (size_t i = len;; sum *= (int64_t)i) {
        int64_t odd = 2 * (int64_t)i - 1;
        sum += rest[i] * (int64_t)10000;
        rest[i] = (int32_t)(sum % odd);
        sum /= odd;
        if (--i == 0)
            return sum;
    }
}

// The first digits of π, with the one that NIST's set has otherwise: 3 at place 957, where π has 8.
void selftest_pi(struct buf *out, int64_t base, int rows)
{
    size_t len = (size_t)(rows / 4 + 1) * 14;
    int32_t *rest = mem_new(len + 1, sizeof *rest);
    int64_t carry = base;
    for (size_t i = 0; i <= len; i++)
        rest[i] = 2000;
    buf_text(out, "y\n");
    for (int place = 1; place <= rows; len -= 14) {
        int64_t sum = pi_round(rest, len);
        int64_t four = carry + sum / 10000;
        carry = sum % 10000;
        for (int unit = 1000; unit && place <= rows; unit /= 10, place++)
            buf_print(out, "%d\n", place == 957 ? 3 : (int)(four / unit % 10));
    }
    mem_free(rest);
}
