// SPDX-License-Identifier: GPL-3.0-or-later
// The long form of test_split: random texts for as many rounds as asked, or, built with
// -fsanitize=fuzzer -DLIBFUZZER, whatever the fuzzer thinks of. Ends at the first difference.
#include "tests/help_split.h"

#include <stdio.h>
#include <stdlib.h>

static void compare(struct str text, const char *delimiter, const char *quote)
{
    struct buf direct = {0}, reference = {0};
    split_records(&direct, text, delimiter, quote, false);
    split_records(&reference, text, delimiter, quote, true);
    if (!str_same(buf_view(&direct), buf_view(&reference))) {
        fwrite(text.ptr, 1, text.len, stdout);
        fprintf(stderr, "split:\n%s\nlibcsv:\n%s\n", direct.ptr, reference.ptr);
        abort();
    }
    buf_free(&direct);
    buf_free(&reference);
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    compare((struct str){(const char *)bytes, len}, ",", "\"");
    return 0;
}
#else
int main(int count, char **words)
{
    long rounds = count > 1 ? strtol(words[1], NULL, 10) : 200000;
    uint64_t seed = 1 + (count > 2 ? strtoull(words[2], NULL, 10) : 0);
    struct buf text = {0};
    for (long round = 0; round < rounds; round++) {
        buf_clear(&text);
        split_make(&text, &seed, round % 64 ? (size_t)(round % 500) : 40000);
        compare(buf_view(&text), round % 3 ? "," : ";", round % 5 ? "\"" : "'");
    }
    buf_free(&text);
    printf("%ld texts split alike\n", rounds);
    return 0;
}
#endif
