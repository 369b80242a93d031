// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/options.h"

#include "plots/chart.h"

#include <math.h>
#include <stdlib.h>

const char program_version[] = "0.1.0";

typedef bool apply_fn(struct options *o, const char *value);

struct option {
    char letter; // short name; upper case: long name only
    const char *name, *value, *help;
    apply_fn *apply;
};

// ---- values

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

static bool set_help(struct options *o, const char *value)
{
    (void)value;
    return o->help = true;
}

static bool set_quiet(struct options *o, const char *value)
{
    (void)value;
    return o->quiet = true;
}

static bool set_verbose(struct options *o, const char *value)
{
    (void)value;
    return o->verbose = true;
}

static bool set_json(struct options *o, const char *value)
{
    (void)value;
    return o->json = true;
}

static bool set_out(struct options *o, const char *value)
{
    o->out = value;
    return *value != '\0';
}

static bool set_period(struct options *o, const char *value)
{
    return period_read(str_of(value), &o->period);
}

static bool set_lang(struct options *o, const char *value)
{
    static const unsigned bits[] = {1, 2};
    unsigned langs;
    if (!take_list(value, lang_ids, bits, LANG_COUNT, &langs))
        return false;
    for (int i = 0; i < LANG_COUNT; i++)
        o->langs[i] = langs >> i & 1;
    return true;
}

static bool set_formats(struct options *o, const char *value)
{
    static const char *const names[] = {"csv", "json", "html", "md", "xlsx"};
    static const unsigned bits[] = {FORMAT_CSV, FORMAT_JSON, FORMAT_HTML, FORMAT_MD, FORMAT_XLSX};
    return take_list(value, names, bits, 5, &o->formats);
}

static bool set_charts(struct options *o, const char *value)
{
    static const char *const names[] = {"none", "svg", "png", "pdf"};
    static const unsigned bits[] = {0, CHART_SVG, CHART_PNG, CHART_PDF};
    return take_list(value, names, bits, 4, &o->charts);
}

static bool set_threads(struct options *o, const char *value)
{
    char *end;
    long threads = strtol(value, &end, 10);
    o->threads = (int)threads;
    return end != value && !*end && threads >= 1 && threads <= 1024;
}

static bool take_when(const char *value, enum when *out)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *out = (enum when)i;
            return true;
        }
    return false;
}

static bool set_color(struct options *o, const char *value)
{
    return take_when(value, &o->color);
}

static bool set_progress(struct options *o, const char *value)
{
    return take_when(value, &o->progress);
}

static bool set_diagnostics(struct options *o, const char *value)
{
    o->json_messages = strcmp(value, "json") == 0;
    return o->json_messages || strcmp(value, "text") == 0;
}

static bool set_rejects(struct options *o, const char *value)
{
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

static bool set_records(struct options *o, const char *value)
{
    o->records_json = strcmp(value, "json") == 0;
    return o->records_json || strcmp(value, "csv") == 0;
}

static bool set_delimiter(struct options *o, const char *value)
{
    o->dialect.delimiter = strcmp(value, "\\t") == 0 || strcmp(value, "tab") == 0 ? "\t" : value;
    return *value != '\0';
}

static bool set_quote(struct options *o, const char *value)
{
    o->dialect.quote = value;
    return strlen(value) <= 1;
}

static bool set_encoding(struct options *o, const char *value)
{
    o->dialect.encoding = value;
    return *value != '\0';
}

static bool set_markdown(struct options *o, const char *value)
{
    (void)value;
    return o->markdown = true;
}

static bool set_history(struct options *o, const char *value)
{
    o->history = value;
    return *value != '\0';
}

static bool set_draft(struct options *o, const char *value)
{
    (void)value;
    return o->draft = true;
}

static bool set_explain(struct options *o, const char *value)
{
    (void)value;
    return o->explain = true;
}

static bool set_gate(struct options *o, const char *value)
{
    o->gate = value;
    return *value != '\0';
}

static bool set_junit(struct options *o, const char *value)
{
    o->junit = value;
    return *value != '\0';
}

static bool set_gate_json(struct options *o, const char *value)
{
    o->gate_json = value;
    return *value != '\0';
}

static bool set_files(struct options *o, const char *value)
{
    o->files = value;
    return *value != '\0';
}

// ---- the table

static const struct option option_table[] = {
    {'h', "help", NULL, "show this help", set_help},
    {'q', "quiet", NULL, "errors only", set_quiet},
    {'v', "verbose", NULL, "notes too", set_verbose},
    {'C', "color", "auto|always|never", "colour in messages", set_color},
    {'G', "progress", "auto|always|never", "progress on the terminal", set_progress},
    {'D', "diagnostics", "text|json", "form of messages", set_diagnostics},
    {'o', "output", "DIR", "where the results go", set_out},
    {'P', "period", "P|all", "the period to report on, e.g. \"2003-04 Q3\"", set_period},
    {'L', "lang", "en,fr", "languages of reports, tables and charts", set_lang},
    {'F', "formats", "csv,json,html,md,xlsx", "which files to write", set_formats},
    {'K', "charts", "svg,png,pdf|none", "which charts to draw", set_charts},
    {'j', "jobs", "N", "threads (never changes a result)", set_threads},
    {'R', "max-rejects", "N|P%", "rejected rows allowed per input", set_rejects},
    {'J', "json", NULL, "print JSON", set_json},
    {'M', "markdown", NULL, "print Markdown", set_markdown},
    {'H', "history", "FILE", "keep the results there, check them against what was released",
     set_history},
    {'T', "draft", NULL, "the results are not released: nothing is checked against them",
     set_draft},
    {'X', "explain", NULL, "say for each withheld row by which rule", set_explain},
    {'A', "gate", "FILE", "rules the results must pass (exit 1 if not)", set_gate},
    {'U', "junit", "FILE", "write the verdict of the gates as JUnit XML", set_junit},
    {'B', "gate-json", "FILE", "write the verdict of the gates as JSON", set_gate_json},
    {'f', "files", "GLOB...", "only these files of the study", set_files},
    {'S', "records", "csv|json", "form of the records", set_records},
    {'d', "delimiter", "C", "character between fields", set_delimiter},
    {'Q', "quote", "C", "quotation mark, \"\" for none", set_quote},
    {'E', "encoding", "E", "utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1 …", set_encoding},
};
enum { OPTION_COUNT = sizeof option_table / sizeof *option_table, GENERAL_OPTIONS = 6 };

static bool takes(const struct command *c, const struct option *o)
{
    return o < option_table + GENERAL_OPTIONS || (c && strchr(c->options, o->letter));
}

static const struct option *find_long(struct str name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (str_is(name, option_table[i].name))
            return &option_table[i];
    return NULL;
}

static const struct option *find_short(char letter)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (option_table[i].letter == letter && letter >= 'a' && letter <= 'z')
            return &option_table[i];
    return NULL;
}

static const char *nearest_option(const char *word)
{
    const char *names[OPTION_COUNT];
    for (size_t i = 0; i < OPTION_COUNT; i++)
        names[i] = option_table[i].name;
    return str_nearest(word, names, OPTION_COUNT);
}

static const struct where nowhere;

static enum status unknown(const char *word, const char *bare, struct diags *d)
{
    enum status status = diag(d, E0701, nowhere, "unknown option %s", diag_quote(d, str_of(word)));
    const char *near = nearest_option(bare);
    if (near)
        diag_help(d, "did you mean --%s?", near);
    return status;
}

static enum status apply(struct options *o, const struct option *option, const char *value,
                         const char *word, struct diags *d)
{
    if (!takes(o->command, option))
        return diag(d, E0701, nowhere, "'etalon %s' has no option --%s", o->command->name,
                    option->name);
    if (option->value && !value)
        return diag(d, E0702, nowhere, "%s needs a value: %s", word, option->value);
    if (!option->value && value)
        return diag(d, E0702, nowhere, "--%s takes no value", option->name);
    if (option->apply(o, value ? value : ""))
        return OK;
    enum status status =
        diag(d, E0702, nowhere, "--%s cannot be %s", option->name, diag_quote(d, str_of(value)));
    diag_help(d, "give it as --%s %s", option->name, option->value);
    return status;
}

// One option word; *next may be taken as its value.
static enum status read_option(struct options *o, const char *word, const char *next, int *used,
                               struct diags *d)
{
    const char *value = NULL;
    const struct option *option;
    if (word[1] == '-') {
        const char *equal = strchr(word, '=');
        struct str name = {word + 2, equal ? (size_t)(equal - word - 2) : strlen(word + 2)};
        value = equal ? equal + 1 : NULL;
        option = find_long(name);
        if (!option)
            return unknown(word, word + 2, d);
    } else {
        option = find_short(word[1]);
        if (!option || (!option->value && word[2]))
            return unknown(word, word + 1, d);
        value = word[2] ? word + 2 : NULL;
    }
    if (option->value && !value && next) {
        value = next;
        *used = 2;
    }
    return apply(o, option, value, word, d);
}

static const struct command *find_command(const char *word)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, word) == 0)
            return &commands[i];
    return NULL;
}

static enum status read_command(struct options *o, const char *word, struct diags *d)
{
    o->command = find_command(word);
    if (o->command)
        return OK;
    const char *names[32];
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    enum status status = diag(d, E0701, nowhere, "unknown command %s", diag_quote(d, str_of(word)));
    const char *near = str_nearest(word, names, command_count);
    if (near)
        diag_help(d, "did you mean '%s'?", near);
    return status;
}

static enum status check_arguments(const struct options *o, struct diags *d)
{
    int count = (int)o->arguments.len;
    const struct command *c = o->command;
    if (o->help || (count >= c->least && (c->most < 0 || count <= c->most)))
        return OK;
    enum status status =
        count < c->least ? diag(d, E0703, nowhere, "'etalon %s' needs %s", c->name, c->arguments)
                         : diag(d, E0703, nowhere, "'etalon %s' takes no argument %s", c->name,
                                diag_quote(d, str_of(o->arguments.at[c->most])));
    diag_help(d, "usage: etalon %s %s", c->name, c->arguments);
    return status;
}

enum status options_read(struct options *o, int count, char **words, struct diags *d)
{
    *o = (struct options){.langs = {true, true},
                          .formats = FORMAT_ALL,
                          .charts = CHART_SVG | CHART_PNG,
                          .max_rejects = NAN};
    bool plain = false;
    for (int i = 1, used; i < count; i += used) {
        used = 1;
        const char *word = words[i];
        if (!plain && strcmp(word, "--") == 0)
            plain = true;
        else if (!plain && word[0] == '-' && word[1])
            TRY(read_option(o, word, i + 1 < count ? words[i + 1] : NULL, &used, d));
        else if (!o->command)
            TRY(read_command(o, word, d));
        else
            vec_push(&o->arguments, word);
    }
    if (o->help)
        return OK;
    if (!o->command)
        return diag(d, E0703, nowhere, "which command?");
    return check_arguments(o, d);
}

void options_free(struct options *o)
{
    vec_free(&o->arguments);
}

// ---- help

static void print_option(const struct option *o, FILE *out)
{
    char text[64];
    char letter[5] = "    ";
    if (o->letter >= 'a' && o->letter <= 'z')
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(text, sizeof text, "%s--%s%s%s", letter, o->name, o->value ? " " : "",
             o->value ? o->value : "");
    fprintf(out, "  %-38s %s\n", text, o->help);
}

void options_help(const struct command *command, FILE *out)
{
    if (!command) {
        fputs("etalon: indicators that hold up, for each region, in English and French\n\n", out);
        for (size_t i = 0; i < command_count; i++)
            fprintf(out, "  etalon %-7s %-22s %s\n", commands[i].name, commands[i].arguments,
                    commands[i].summary);
        fputs("\n'etalon COMMAND --help' tells more of one.\n\n", out);
    } else {
        fprintf(out, "usage: etalon %s %s\n\n%s\n\n", command->name, command->arguments,
                command->summary);
    }
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (takes(command, &option_table[i]))
            print_option(&option_table[i], out);
}
