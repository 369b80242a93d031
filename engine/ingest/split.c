// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/split.h"

static bool is_mark(char c, const struct split_set *set)
{
    return c == set->delimiter || c == '\n' || c == set->quote || c == '\r' || c == '\0';
}

static size_t split_tail(const char *text, size_t at, size_t to, const struct split_set *set,
                         uint32_t *out, size_t count)
{
    for (; at < to; at++)
        if (is_mark(text[at], set))
            out[count++] = (uint32_t)at;
    return count;
}

static size_t split_plain(const char *text, size_t from, size_t to, const struct split_set *set,
                          uint32_t *out)
{
    return split_tail(text, from, to, set, out, 0);
}

#if defined(__x86_64__)
#include <immintrin.h>

static size_t split_sse2(const char *text, size_t from, size_t to, const struct split_set *set,
                         uint32_t *out)
{
    const __m128i delimiter = _mm_set1_epi8(set->delimiter), quote = _mm_set1_epi8(set->quote),
                  lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r'), nul = _mm_setzero_si128();
    size_t at = from, count = 0;
    for (; at + 16 <= to; at += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(text + at));
        __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
        __m128i marks =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote));
        marks = _mm_or_si128(_mm_or_si128(marks, ends), _mm_cmpeq_epi8(bytes, nul));
        for (uint32_t mask = (uint32_t)_mm_movemask_epi8(marks); mask; mask &= mask - 1)
            out[count++] = (uint32_t)at + (uint32_t)__builtin_ctz(mask);
    }
    return split_tail(text, at, to, set, out, count);
}

__attribute__((target("avx2,bmi"))) static size_t
split_avx2(const char *text, size_t from, size_t to, const struct split_set *set, uint32_t *out)
{
    const __m256i delimiter = _mm256_set1_epi8(set->delimiter),
                  quote = _mm256_set1_epi8(set->quote), lf = _mm256_set1_epi8('\n'),
                  cr = _mm256_set1_epi8('\r'), nul = _mm256_setzero_si256();
    size_t at = from, count = 0;
    for (; at + 32 <= to; at += 32) {
        __m256i bytes = _mm256_loadu_si256((const void *)(text + at));
        __m256i ends = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, lf), _mm256_cmpeq_epi8(bytes, cr));
        __m256i marks =
            _mm256_or_si256(_mm256_cmpeq_epi8(bytes, delimiter), _mm256_cmpeq_epi8(bytes, quote));
        marks = _mm256_or_si256(_mm256_or_si256(marks, ends), _mm256_cmpeq_epi8(bytes, nul));
        for (uint32_t mask = (uint32_t)_mm256_movemask_epi8(marks); mask; mask &= mask - 1)
            out[count++] = (uint32_t)at + (uint32_t)__builtin_ctz(mask);
    }
    return split_tail(text, at, to, set, out, count);
}
#endif

static void count_tail(struct str text, size_t at, size_t *lf, size_t *cr)
{
    for (; at < text.len; at++) {
        *lf += text.ptr[at] == '\n';
        *cr += text.ptr[at] == '\r';
    }
}

#if defined(__x86_64__)
// Bytes that are equal count as -1 in sums of a byte, so these are emptied after 255 steps.
static size_t sum_of(__m128i sums)
{
    __m128i halves = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), sums), _mm_setzero_si128());
    return (size_t)_mm_cvtsi128_si64(halves) +
           (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(halves, halves));
}

void split_count(struct str text, size_t *lf, size_t *cr)
{
    const __m128i ends = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
    size_t at = 0;
    *lf = *cr = 0;
    while (text.len - at >= 16) {
        __m128i some = _mm_setzero_si128(), others = _mm_setzero_si128();
        for (int step = 0; step < 255 && text.len - at >= 16; step++, at += 16) {
            __m128i bytes = _mm_loadu_si128((const void *)(text.ptr + at));
            some = _mm_add_epi8(some, _mm_cmpeq_epi8(bytes, ends));
            others = _mm_add_epi8(others, _mm_cmpeq_epi8(bytes, returns));
        }
        *lf += sum_of(some);
        *cr += sum_of(others);
    }
    count_tail(text, at, lf, cr);
}
#else
void split_count(struct str text, size_t *lf, size_t *cr)
{
    *lf = *cr = 0;
    count_tail(text, 0, lf, cr);
}
#endif

split_fn *split_way(enum split_way way)
{
    switch (way) {
    case SPLIT_PLAIN:
        return split_plain;
#if defined(__x86_64__)
    case SPLIT_SSE2:
        return split_sse2;
    case SPLIT_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") ? split_avx2 : NULL;
#else
    case SPLIT_SSE2:
    case SPLIT_AVX2:
        return NULL;
#endif
    case SPLIT_WAYS:
        break;
    }
    return NULL;
}

split_fn *split_best(void)
{
    split_fn *best = split_plain;
    for (enum split_way way = 0; way < SPLIT_WAYS; way++)
        if (split_way(way))
            best = split_way(way);
    return best;
}
