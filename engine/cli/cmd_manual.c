// SPDX-License-Identifier: GPL-3.0-or-later
// etalon manual: the manual page and the completions of shells, made from the tables of commands,
// options and diagnostics, so that they say what the program does. `make install` writes them.
#include "engine/cli/options_table.h"

#include <string.h>

static bool takes(const struct command *c, const struct option *o)
{
    return o < option_table + GENERAL_OPTIONS || strchr(c->options, o->letter);
}

static bool has_letter(const struct option *o)
{
    return o->letter >= 'a' && o->letter <= 'z';
}

// ---- the manual page: troff, in which a leading point or quote and every backslash and hyphen
// mean something

static void roff(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\')
            buf_text(out, "\\e");
        else if (*text == '-')
            buf_text(out, "\\-");
        else if (*text == '\'')
            buf_text(out, "\\(aq");
        else
            buf_char(out, *text);
    }
}

static void roff_line(struct buf *out, const char *macro, const char *text)
{
    buf_text(out, macro);
    roff(out, text);
    buf_char(out, '\n');
}

static void man_option(struct buf *out, const struct option *o)
{
    buf_text(out, ".TP\n.B ");
    if (has_letter(o))
        buf_print(out, "\\-%c, ", o->letter);
    buf_text(out, "\\-\\-");
    roff(out, o->name);
    if (o->value) {
        buf_text(out, " \\fI");
        roff(out, o->value);
        buf_text(out, "\\fR");
    }
    buf_char(out, '\n');
    roff_line(out, "", o->help);
}

static void man_commands(struct buf *out)
{
    buf_text(out, ".SH COMMANDS\n");
    for (size_t c = 0; c < command_count; c++) {
        buf_text(out, ".TP\n.B ");
        roff(out, commands[c].name);
        buf_text(out, " \\fI");
        roff(out, commands[c].arguments);
        buf_text(out, "\\fR\n");
        roff_line(out, "", commands[c].summary);
        buf_text(out, ".br\n");
        const char *before = "Options:";
        for (const struct option *o = option_table + GENERAL_OPTIONS;
             o < option_table + option_count; o++) {
            if (!takes(&commands[c], o))
                continue;
            buf_print(out, "%s \\-\\-", before);
            roff(out, o->name);
            before = ",";
        }
        buf_text(out, before[0] == ',' ? ".\n" : "No options of its own.\n");
    }
}

static void man_options(struct buf *out)
{
    buf_text(out, ".SH OPTIONS\nThe first six are taken by every command.\n");
    for (size_t i = 0; i < option_count; i++)
        man_option(out, &option_table[i]);
}

static void man_statuses(struct buf *out)
{
    static const struct {
        const char *status, *meaning;
    } rows[] = {
        {"0", "done"},
        {"1", "a gate or quality threshold failed, or a repeated run differs"},
        {"3", "refused for disclosure"},
        {"64", "the command line makes no sense"},
        {"65", "bad data or bad study; nothing was written"},
        {"66", "an input is missing or cannot be read"},
        {"69", "gnuplot is missing or failed; the tables are written"},
        {"70", "an error of the program"},
        {"73", "the output cannot be created"},
        {"74", "an input or the output cannot be read or written to its end"},
        {"75", "try again: an input changed while it was read, or the history is locked"},
        {"128+n", "ended by signal n"},
    };
    buf_text(out, ".SH \"EXIT STATUS\"\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        buf_print(out, ".TP\n.B %s\n%s\n", rows[i].status, rows[i].meaning);
}

static void man_codes(struct buf *out)
{
    static const char *const kinds[] = {"error", "warning", "note"};
    buf_text(out, ".SH DIAGNOSTICS\nA message is one line, FILE:LINE:COLUMN: error|warning|note: "
                  "TEXT [CODE], with a second line that says what to do. Codes never change.\n");
    for (size_t i = 0; i < CODE_COUNT; i++) {
        const struct code_info *c = &code_table[i];
        buf_print(out, ".TP\n.B %s\n%s", c->id, kinds[c->severity]);
        if (c->status)
            buf_print(out, " (%d)", (int)c->status);
        buf_text(out, ": ");
        roff(out, c->meaning);
        buf_text(out, ". ");
        roff(out, c->help);
        buf_text(out, ".\n");
    }
}

static void manual_page(struct buf *out)
{
    buf_print(out, ".TH ETALON 1 \"\" \"etalon %s\" \"User commands\"\n", program_version);
    buf_text(out, ".SH NAME\netalon \\- indicators that hold up, for each region\n"
                  ".SH SYNOPSIS\n.B etalon\n.I COMMAND\n[\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]...\n"
                  ".SH DESCRIPTION\n"
                  "Turns a quarter's client surveys, activity logs, service catalogues and service "
                  "standards into indicators with their intervals, each region beside the whole, "
                  "in tables, charts, workbooks and reports, in English and in French.\n"
                  ".PP\nA study is one YAML file, or a folder that holds study.yaml. Data go to "
                  "standard output or to files, messages to standard error.\n");
    man_commands(out);
    man_options(out);
    man_statuses(out);
    buf_text(out, ".SH ENVIRONMENT\n.TP\n.B SOURCE_DATE_EPOCH\nthe time that outputs hold, in "
                  "seconds since 1970; without it they hold none but the period\n");
    man_codes(out);
    buf_text(out, ".SH EXAMPLES\n.nf\netalon init survey.csv \\-o study.yaml\netalon check .\n"
                  "etalon run . \\-o out \\-\\-history history.db \\-\\-gate gates.yaml\n"
                  "etalon diff last out \\-\\-markdown\n.fi\n");
}

// ---- completions

// The words that a value may be: "a|b" or "a,b" in lower case; NULL for any other.
static const char *choices(const struct option *o)
{
    if (!o->value)
        return NULL;
    for (const char *at = o->value; *at; at++)
        if (!(*at >= 'a' && *at <= 'z') && !strchr("|,-", *at))
            return NULL;
    return strpbrk(o->value, "|,") ? o->value : NULL;
}

static void put_choices(struct buf *out, const char *words)
{
    for (; *words; words++)
        buf_char(out, *words == '|' || *words == ',' ? ' ' : *words);
}

static void put_names(struct buf *out)
{
    for (size_t c = 0; c < command_count; c++)
        buf_print(out, "%s%s", c ? " " : "", commands[c].name);
}

static void bash_completion(struct buf *out)
{
    buf_text(out, "# bash completion of etalon\n_etalon() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                  "        COMPREPLY=($(compgen -W \"");
    put_names(out);
    buf_text(out, " --help --version\" -- \"$word\"))\n        return\n    fi\n"
                  "    case $before in\n");
    for (size_t i = 0; i < option_count; i++) {
        if (!choices(&option_table[i]))
            continue;
        buf_print(out, "    --%s) COMPREPLY=($(compgen -W \"", option_table[i].name);
        put_choices(out, choices(&option_table[i]));
        buf_text(out, "\" -- \"$word\")); return ;;\n");
    }
    buf_text(out, "    esac\n    [[ $word == -* ]] || { COMPREPLY=($(compgen -f -- \"$word\")); "
                  "return; }\n    case ${COMP_WORDS[1]} in\n");
    for (size_t c = 0; c < command_count; c++) {
        buf_print(out, "    %s) COMPREPLY=($(compgen -W \"", commands[c].name);
        for (size_t i = 0; i < option_count; i++)
            if (takes(&commands[c], &option_table[i]))
                buf_print(out, "%s--%s", i ? " " : "", option_table[i].name);
        buf_text(out, "\" -- \"$word\")) ;;\n");
    }
    buf_text(out, "    esac\n}\ncomplete -o filenames -F _etalon etalon\n");
}

// In single quotes, with the characters that _arguments reads.
static void zsh_text(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            buf_char(out, '\\');
        buf_text(out, *text == '\'' ? "'\\''" : (char[]){*text, 0});
    }
}

static void zsh_option(struct buf *out, const struct option *o)
{
    buf_print(out, " '--%s%s[", o->name, o->value ? "=" : "");
    zsh_text(out, o->help);
    buf_char(out, ']');
    if (choices(o)) {
        buf_text(out, ":value:(");
        put_choices(out, choices(o));
        buf_char(out, ')');
    } else if (o->value) {
        buf_text(out, strcmp(o->value, "FILE") == 0 || strcmp(o->value, "DIR") == 0 ? ":file:_files"
                                                                                    : ":value: ");
    }
    buf_char(out, '\'');
}

static void zsh_completion(struct buf *out)
{
    buf_text(out, "#compdef etalon\nlocal -a commands\ncommands=(\n");
    for (size_t c = 0; c < command_count; c++) {
        buf_print(out, "  '%s:", commands[c].name);
        zsh_text(out, commands[c].summary);
        buf_text(out, "'\n");
    }
    buf_text(out, ")\nif (( CURRENT == 2 )); then\n  _describe command commands\n  return\nfi\n"
                  "case $words[2] in\n");
    for (size_t c = 0; c < command_count; c++) {
        buf_print(out, "  %s) _arguments '1: :'", commands[c].name);
        for (size_t i = 0; i < option_count; i++)
            if (takes(&commands[c], &option_table[i]))
                zsh_option(out, &option_table[i]);
        buf_text(out, " '*:file:_files' ;;\n");
    }
    buf_text(out, "esac\n");
}

static void fish_text(struct buf *out, const char *text)
{
    buf_char(out, '\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            buf_char(out, '\\');
        buf_char(out, *text);
    }
    buf_char(out, '\'');
}

static void fish_option(struct buf *out, const struct command *c, const struct option *o)
{
    buf_print(out, "complete -c etalon -n '__fish_seen_subcommand_from %s' -l %s", c->name,
              o->name);
    if (has_letter(o))
        buf_print(out, " -s %c", o->letter);
    if (o->value)
        buf_text(out, " -r");
    if (choices(o)) {
        buf_text(out, " -f -a '");
        put_choices(out, choices(o));
        buf_char(out, '\'');
    }
    buf_text(out, " -d ");
    fish_text(out, o->help);
    buf_char(out, '\n');
}

static void fish_completion(struct buf *out)
{
    buf_text(out, "# fish completion of etalon\n");
    for (size_t c = 0; c < command_count; c++) {
        buf_print(out, "complete -c etalon -n __fish_use_subcommand -f -a %s -d ",
                  commands[c].name);
        fish_text(out, commands[c].summary);
        buf_char(out, '\n');
    }
    for (size_t c = 0; c < command_count; c++)
        for (size_t i = 0; i < option_count; i++)
            if (takes(&commands[c], &option_table[i]))
                fish_option(out, &commands[c], &option_table[i]);
}

enum status command_manual(const struct options *o, struct diags *d)
{
    static const struct {
        const char *name;
        void (*put)(struct buf *out);
    } forms[] = {{"man", manual_page},
                 {"bash", bash_completion},
                 {"zsh", zsh_completion},
                 {"fish", fish_completion}};
    const char *wanted = o->arguments.len ? o->arguments.at[0] : "man";
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct buf out = {0};
        if (strcmp(forms[i].name, wanted) != 0)
            continue;
        forms[i].put(&out);
        fwrite(out.ptr, 1, out.len, stdout);
        buf_free(&out);
        return OK;
    }
    enum status status = diag(d, E0703, (struct where){0}, "there is no manual for %s",
                              diag_quote(d, str_of(wanted)));
    diag_help(d, "it can be: man, bash, zsh, fish");
    return status;
}
