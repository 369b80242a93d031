// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/options_table.h"

#include "plots/chart.h"

#include <stddef.h>
#include <stdlib.h>

// ---- values of simple kinds

static void *field(struct options *o, const struct option *option)
{
    return (char *)o + option->at;
}

static bool set_flag(struct options *o, const struct option *option, const char *value)
{
    (void)value;
    return *(bool *)field(o, option) = true;
}

static bool set_text(struct options *o, const struct option *option, const char *value)
{
    *(const char **)field(o, option) = value;
    return *value != '\0';
}

static bool set_when(struct options *o, const struct option *option, const char *value)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *(enum when *)field(o, option) = (enum when)i;
            return true;
        }
    return false;
}

// "json", or the other form that the option names first.
static bool set_json_form(struct options *o, const struct option *option, const char *value)
{
    bool json = strcmp(value, "json") == 0;
    struct str other = {option->value, strcspn(option->value, "|")};
    *(bool *)field(o, option) = json;
    return json || str_is(other, value);
}

// ---- values of their own

static bool take_list(const char *value, const char *const *names, const unsigned *bits,
                      size_t count, unsigned *out)
{
    *out = 0;
    struct str rest = str_of(value);
    for (;;) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        struct str word = {rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len};
        size_t i = 0;
        while (i < count && !str_is(word, names[i]))
            i++;
        if (i == count)
            return false;
        *out |= bits[i];
        if (!comma)
            return true;
        rest = (struct str){comma + 1, rest.len - word.len - 1};
    }
}

static bool set_period(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    return period_read(str_of(value), &o->period);
}

static bool set_lang(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    static const unsigned bits[] = {1, 2};
    unsigned langs;
    if (!take_list(value, lang_ids, bits, LANG_COUNT, &langs))
        return false;
    for (int i = 0; i < LANG_COUNT; i++)
        o->langs[i] = langs >> i & 1;
    return true;
}

static bool set_formats(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    static const char *const names[] = {"csv", "json", "html", "md", "xlsx"};
    static const unsigned bits[] = {FORMAT_CSV, FORMAT_JSON, FORMAT_HTML, FORMAT_MD, FORMAT_XLSX};
    return take_list(value, names, bits, 5, &o->formats);
}

static bool set_charts(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    static const char *const names[] = {"none", "svg", "png", "pdf"};
    static const unsigned bits[] = {0, CHART_SVG, CHART_PNG, CHART_PDF};
    return take_list(value, names, bits, 4, &o->charts);
}

static bool set_threads(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    char *end;
    long threads = strtol(value, &end, 10);
    o->threads = (int)threads;
    return end != value && !*end && threads >= 1 && threads <= 1024;
}

static bool set_rejects(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    struct str text = str_of(value);
    o->max_rejects_percent = text.len && text.ptr[text.len - 1] == '%';
    text.len -= o->max_rejects_percent;
    struct decimal number;
    double big;
    if (num_read(text, '.', (struct str){0}, &number, &big) != NUM_OK || number.mantissa < 0)
        return false;
    o->max_rejects = decimal_value(number);
    return true;
}

static bool set_delimiter(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    o->dialect.delimiter = strcmp(value, "\\t") == 0 || strcmp(value, "tab") == 0 ? "\t" : value;
    return *value != '\0';
}

static bool set_quote(struct options *o, const struct option *option, const char *value)
{
    (void)option;
    o->dialect.quote = value;
    return strlen(value) <= 1;
}

// ---- the table

#define AT(name) offsetof(struct options, name)
const struct option option_table[] = {
    {'h', "help", NULL, "show this help", set_flag, AT(help)},
    {'q', "quiet", NULL, "errors only", set_flag, AT(quiet)},
    {'v', "verbose", NULL, "notes too", set_flag, AT(verbose)},
    {'C', "color", "auto|always|never", "colour in messages", set_when, AT(color)},
    {'G', "progress", "auto|always|never", "progress on the terminal", set_when, AT(progress)},
    {'D', "diagnostics", "text|json", "form of messages", set_json_form, AT(json_messages)},
    {'o', "output", "DIR", "where the results go", set_text, AT(out)},
    {'P', "period", "P|all", "the period to report on, e.g. \"2003-04 Q3\"", set_period, 0},
    {'L', "lang", "en,fr", "languages of reports, tables and charts", set_lang, 0},
    {'F', "formats", "csv,json,html,md,xlsx", "which files to write", set_formats, 0},
    {'K', "charts", "svg,png,pdf|none", "which charts to draw", set_charts, 0},
    {'j', "jobs", "N", "threads (never changes a result)", set_threads, 0},
    {'R', "max-rejects", "N|P%", "rejected rows allowed per input", set_rejects, 0},
    {'J', "json", NULL, "print JSON", set_flag, AT(json)},
    {'M', "markdown", NULL, "print Markdown", set_flag, AT(markdown)},
    {'H', "history", "FILE", "keep the results there, check them against what was released",
     set_text, AT(history)},
    {'T', "draft", NULL, "the results are not released: nothing is checked against them", set_flag,
     AT(draft)},
    {'X', "explain", NULL, "say for each withheld row by which rule", set_flag, AT(explain)},
    {'A', "gate", "FILE", "rules the results must pass (exit 1 if not)", set_text, AT(gate)},
    {'U', "junit", "FILE", "write the verdict of the gates as JUnit XML", set_text, AT(junit)},
    {'B', "gate-json", "FILE", "write the verdict of the gates as JSON", set_text, AT(gate_json)},
    {'W', "from", "MANIFEST", "repeat the run of that manifest and say if a byte differs", set_text,
     AT(from)},
    {'f', "files", "GLOB...", "only these files of the study", set_text, AT(files)},
    {'S', "records", "csv|json", "form of the records", set_json_form, AT(records_json)},
    {'d', "delimiter", "C", "character between fields", set_delimiter, 0},
    {'Q', "quote", "C", "quotation mark, \"\" for none", set_quote, 0},
    {'E', "encoding", "E", "utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1 …", set_text,
     AT(dialect.encoding)},
};
const size_t option_count = sizeof option_table / sizeof *option_table;
