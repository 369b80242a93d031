// SPDX-License-Identifier: GPL-3.0-or-later
// Every pair of texts that stands side by side in the sources, shown by the bundled study or not:
// no word of the other language, no text left untranslated, French set as in Canada.
#include "engine/report/fmt.h"
#include "tests/help_run.h"
#include "tests/help_words.h"

#include <ctype.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// How pairs are written: what stands before the bracket, and the place of the English text.
static const struct {
    const char *name;
    int place;
} calls[] = {{"TEXT", 0},       {"LABEL", 1},         {"in", 1},        {"word", 1},
             {"html_word", 1},  {"text_of", 1},       {"plot_tell", 1}, {"plot_title", 1},
             {"plot_words", 1}, {"plot_subtitle", 1}, {"say_plural", 2}};

static struct words lists;
static size_t pairs, faults;

// ---- reading C as far as this needs

static const char *skip_blank(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

static const char *put_escape(struct buf *out, const char *at)
{
    static const char letters[] = "n\nt\t\"\"'\\\\'";
    if (*at == 'x') {
        char *end, code[3] = {at[1], at[2], '\0'};
        char byte = (char)strtol(code, &end, 16);
        buf_put(out, &byte, 1);
        return at + 3;
    }
    for (size_t i = 0; letters[i]; i += 2)
        if (letters[i] == *at)
            buf_put(out, &letters[i + 1], 1);
    return at + 1;
}

// "a" NBSP "b" …: the text; NULL when it is not made of literals alone. Else where it ends.
static const char *read_literals(struct buf *out, const char *at)
{
    buf_clear(out);
    for (;;) {
        at = skip_blank(at);
        if (strncmp(at, "NBSP", 4) == 0) {
            buf_text(out, NBSP);
            at += 4;
        } else if (strncmp(at, "MINUS", 5) == 0) {
            buf_text(out, MINUS);
            at += 5;
        } else if (*at == '"') {
            for (at++; *at && *at != '"';)
                if (*at == '\\')
                    at = put_escape(out, at + 1);
                else
                    buf_put(out, at++, 1);
            at += *at == '"';
        } else {
            return *at == ',' || *at == ')' ? at : NULL;
        }
    }
}

// Past one argument, over brackets and strings.
static const char *skip_argument(const char *at)
{
    for (int depth = 0; *at; at++) {
        if (*at == '"')
            for (at++; *at && *at != '"'; at++)
                at += *at == '\\';
        depth += (*at == '(' || *at == '{') - (*at == ')' || *at == '}');
        if (depth < 0 || (depth == 0 && *at == ','))
            return *at == ',' ? at + 1 : NULL;
    }
    return NULL;
}

// ---- a pair

// %1 … %9 stand for other texts, %% for a percent sign.
static void fill_template(struct buf *b)
{
    for (size_t i = 0; i + 1 < b->len; i++)
        if (b->ptr[i] == '%' && isdigit((unsigned char)b->ptr[i + 1]))
            b->ptr[i] = b->ptr[i + 1] = '0';
}

static void complain(const char *path, struct str text, const char *what)
{
    faults++;
    print_error("%s: %s: %.*s\n", path, what, (int)text.len, text.ptr);
}

static void check_pair(const char *path, struct buf texts[LANG_COUNT])
{
    pairs++;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        fill_template(&texts[lang]);
        const char *fault = piece_fault(&lists, buf_view(&texts[lang]), (enum lang)lang);
        if (*fault)
            complain(path, buf_view(&texts[lang]), fault);
    }
    struct str french = buf_view(&texts[LANG_FR]);
    if (str_same(buf_view(&texts[LANG_EN]), french) && piece_has_word(french) &&
        dict_find(&lists.same, french) < 0)
        complain(path, french, "the same in both languages");
    if (!texts[LANG_EN].len != !texts[LANG_FR].len)
        complain(path, french, "in one language only");
}

static void check_call(const char *path, const char *at, int place)
{
    struct buf texts[LANG_COUNT] = {0};
    while (at && place--)
        at = skip_argument(at);
    at = at ? read_literals(&texts[LANG_EN], at) : NULL;
    if (at && *at == ',' && read_literals(&texts[LANG_FR], at + 1))
        check_pair(path, texts);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buf_free(&texts[lang]);
}

static void check_file(const char *path)
{
    struct buf text = read_whole(path);
    assert_non_null(text.ptr);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        size_t len = strlen(calls[i].name);
        for (const char *at = text.ptr; (at = strstr(at, calls[i].name)); at += len)
            if (at[len] == '(' &&
                (at == text.ptr || (!isalnum((unsigned char)at[-1]) && at[-1] != '_')))
                check_call(path, at + len + 1, calls[i].place);
    }
    buf_free(&text);
}

static void pairs_in_the_sources(void **state)
{
    (void)state;
    static const char *const rooms[] = {"engine/*/*.c", "metrics/*.c", "plots/*.c"};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        glob_t found;
        assert_int_equal(glob(rooms[i], 0, NULL, &found), 0);
        for (size_t k = 0; k < found.gl_pathc; k++)
            check_file(found.gl_pathv[k]);
        globfree(&found);
    }
    assert_true(pairs > 600);
    assert_int_equal(faults, 0);
}

static int start(void **state)
{
    (void)state;
    words_load(&lists);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    words_free(&lists);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_in_the_sources),
    };
    return cmocka_run_group_tests(tests, start, clean);
}
