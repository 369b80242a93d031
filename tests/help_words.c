// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_words.h"

#include "engine/report/fmt.h"
#include "tests/help_run.h"

#include <stdio.h>

#define OPENING "\xC2\xAB" // «
#define CLOSING "\xC2\xBB" // »

// ---- lists

static void load(struct dict *d, const char *path, const char *between)
{
    struct buf text = read_whole(path);
    const char *line = text.ptr ? text.ptr : "";
    for (size_t len; *line; line += len + (line[len] == '\n')) {
        len = strcspn(line, "\n");
        for (size_t i = 0; *line != '#' && i < len;) {
            size_t word = strcspn(line + i, between);
            if (word)
                dict_add(d, (struct str){line + i, word});
            i += word + 1;
        }
    }
    buf_free(&text);
}

void words_load(struct words *w)
{
    *w = (struct words){0};
    load(&w->foreign[LANG_EN], "tests/values/words_french.txt", " \n");
    load(&w->foreign[LANG_FR], "tests/values/words_english.txt", " \n");
    load(&w->same, "tests/values/words_same.txt", "\n");
}

void words_free(struct words *w)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        dict_free(&w->foreign[lang]);
    dict_free(&w->same);
}

// ---- pieces

static struct str trim(struct str s)
{
    while (s.len && strchr(" \n\t-`", *s.ptr))
        s.ptr++, s.len--;
    while (s.len && strchr(" \n\t`", s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static void unescape(struct buf *out, struct str s)
{
    static const char *const names[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                           {"&quot;", "\""}, {"&#39;", "'"}, {"&apos;", "'"}};
    buf_clear(out);
    for (size_t i = 0; i < s.len; i++) {
        size_t k = 0, count = sizeof names / sizeof *names;
        while (k < count && strncmp(s.ptr + i, names[k][0], strlen(names[k][0])) != 0)
            k++;
        buf_put(out, k < count ? names[k][1] : s.ptr + i, 1);
        i += k < count ? strlen(names[k][0]) - 1 : 0;
    }
}

// Past an element that is no text of this language: styles, links to the other language.
static const char *skip_element(const char *at, const char *end)
{
    static const struct {
        const char *start, *close;
    } skipped[] = {{"<style", "</style>"}, {"<?", "?>"}};
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strncmp(at, skipped[i].start, strlen(skipped[i].start)) == 0)
            return strstr(at, skipped[i].close);
    const char *tag = memchr(at, '>', (size_t)(end - at));
    const char *other = strstr(at, " hreflang=");
    return other && tag && other < tag ? strstr(at, "</a>") : at;
}

void pieces_of_markup(struct str file, const char *where, piece_fn *give, void *context)
{
    struct buf text = {0};
    const char *end = file.ptr + file.len;
    for (const char *at = file.ptr; at && at < end;) {
        if (*at == '<') {
            at = skip_element(at, end);
            at = at ? strchr(at, '>') : NULL;
            at = at ? at + 1 : NULL;
            continue;
        }
        size_t len = strcspn(at, "<");
        unescape(&text, (struct str){at, len});
        struct str piece = trim(buf_view(&text));
        if (piece.len)
            give(context, where, piece);
        at += len;
    }
    buf_free(&text);
}

// Cells and lines, without marks of bold, code and superscript, and without backslashes.
void pieces_of_markdown(struct str file, const char *where, piece_fn *give, void *context)
{
    struct buf text = {0}, plain = {0};
    for (size_t i = 0; i <= file.len; i++) {
        char c = i < file.len ? file.ptr[i] : '\n';
        if (c == '\\' && i + 1 < file.len) {
            buf_put(&text, &file.ptr[++i], 1);
        } else if (c == '<') {
            while (i < file.len && file.ptr[i] != '>')
                i++;
        } else if (c == '|' || c == '\n') {
            unescape(&plain, buf_view(&text));
            struct str piece = trim(buf_view(&plain));
            if (piece.len && !str_is(piece, ":"))
                give(context, where, piece);
            buf_clear(&text);
        } else if (c != '*') {
            buf_put(&text, &c, 1);
        }
    }
    buf_free(&text);
    buf_free(&plain);
}

// ---- what is wrong with them

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

bool piece_has_word(struct str piece)
{
    size_t run = 0;
    for (size_t i = 0; i < piece.len && run < 3; i++)
        run = (piece.ptr[i] | 32) >= 'a' && (piece.ptr[i] | 32) <= 'z' ? run + 1 : 0;
    return run >= 3;
}

bool piece_is_name(struct str piece)
{
    size_t small = 0, digits = 0;
    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.ptr[i];
        if (c == '_' || (c == '.' && i + 1 < piece.len && is_letter(piece.ptr[i + 1])))
            return true;
        digits += c >= '0' && c <= '9';
        small += (c >= 'a' && c <= 'z') || c == '-' || c == ',' || c == ' ';
    }
    bool list = memchr(piece.ptr, ',', piece.len) && small + digits == piece.len;
    bool joined = memchr(piece.ptr, '-', piece.len) && !memchr(piece.ptr, ' ', piece.len);
    return list || (joined && small + digits == piece.len) || (piece.len == 64 && digits > 20);
}

// Past a name of several words that is the same in both languages.
static size_t skip_name(const struct words *w, struct str piece, size_t at)
{
    for (size_t i = 0; i < w->same.keys.len; i++) {
        struct str name = w->same.keys.at[i];
        if (memchr(name.ptr, ' ', name.len) && at + name.len <= piece.len &&
            memcmp(piece.ptr + at, name.ptr, name.len) == 0)
            return at + name.len;
    }
    return at;
}

static const char *foreign_word(const struct words *w, struct str piece, enum lang lang)
{
    static char fault[128];
    for (size_t i = 0; i < piece.len;) {
        char word[32];
        size_t len = 0;
        i = skip_name(w, piece, i);
        for (; i < piece.len && is_letter(piece.ptr[i]); i++)
            if (len + 1 < sizeof word)
                word[len++] = (char)(piece.ptr[i] & 0x80 ? piece.ptr[i] : piece.ptr[i] | 32);
        word[len] = '\0';
        i += i < piece.len && !is_letter(piece.ptr[i]);
        if (len && dict_find(&w->foreign[lang], str_of(word)) >= 0) {
            snprintf(fault, sizeof fault, "a word of the other language, '%s'", word);
            return fault;
        }
    }
    return "";
}

static bool before_is(struct str s, size_t at, const char *what)
{
    size_t len = strlen(what);
    return at >= len && memcmp(s.ptr + at - len, what, len) == 0;
}

static bool after_is(struct str s, size_t at, const char *what)
{
    size_t len = strlen(what);
    return at + len <= s.len && memcmp(s.ptr + at, what, len) == 0;
}

static bool digit_before(struct str s, size_t at)
{
    return at && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9';
}

// le a… for l'a…; a vowel behind a word that loses its own. "h" and "y" follow no rule.
static bool lacks_elision(struct str s, size_t at)
{
    static const char *const words[] = {"le ", "la ", "de ", "ne ", "que ", "se ", "jusque "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if ((at && is_letter(s.ptr[at - 1])) || !after_is(s, at, words[i]) || at + len >= s.len)
            continue;
        const char *next = s.ptr + at + len;
        if (strchr("aeiouAEIOU", *next) || strncmp(next, "é", 2) == 0 || strncmp(next, "ê", 2) == 0)
            return true;
    }
    return false;
}

// Between digits, and no part of a version such as 1.2.3.
static bool is_decimal_point(struct str s, size_t at)
{
    return digit_before(s, at) && at + 1 < s.len && s.ptr[at + 1] >= '0' && s.ptr[at + 1] <= '9' &&
           !after_is(s, at + 2, ".") && !before_is(s, at - 1, ".");
}

// In Canada a no-break space stands before : % $ » and behind «, and nothing before ; ! ?.
static const char *french_fault(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool ends = i + 1 == s.len || strchr(" \n", s.ptr[i + 1]);
        if (c == ':' && ends && !before_is(s, i, NBSP))
            return "no no-break space before a colon";
        if (strchr(";!?", c) && (before_is(s, i, " ") || before_is(s, i, NBSP)))
            return "a space before ; ! or ?";
        if (strchr("%$", c) &&
            (digit_before(s, i) || (before_is(s, i, " ") && digit_before(s, i - 1))))
            return "no no-break space before % or $";
        if (after_is(s, i, CLOSING) && !before_is(s, i, NBSP))
            return "no no-break space before a closing guillemet";
        if (after_is(s, i, OPENING) && !after_is(s, i + 2, NBSP))
            return "no no-break space behind an opening guillemet";
        if (c == '"' || after_is(s, i, "\xE2\x80\x9C"))
            return "quotation marks that are not guillemets";
        if (c == '\'' && after_is(s, i + 1, " "))
            return "a space behind an apostrophe";
        if (c == '.' && is_decimal_point(s, i))
            return "a decimal point";
        if (lacks_elision(s, i))
            return "a vowel where an apostrophe belongs";
    }
    return "";
}

// The only accents of an English text are those of names.
static const char *english_fault(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (after_is(s, i, OPENING) || after_is(s, i, CLOSING))
            return "guillemets";
        bool blank = before_is(s, i, " ") || before_is(s, i, NBSP);
        if (blank && (s.ptr[i] == ':' || (s.ptr[i] == '%' && digit_before(s, i - 1))))
            return "a space before : or %";
        if ((s.ptr[i] == '\xC3' && !after_is(s, i, "×")) || after_is(s, i, "œ"))
            return "an accent";
    }
    return "";
}

const char *piece_fault(const struct words *w, struct str piece, enum lang lang)
{
    const char *fault = lang == LANG_FR ? french_fault(piece) : english_fault(piece);
    return *fault ? fault : foreign_word(w, piece, lang);
}
