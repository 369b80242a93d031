// SPDX-License-Identifier: GPL-3.0-or-later
// A verdict as diagnostics, as JUnit XML (what CI systems show) and as JSON.
#include "engine/report/escape.h"
#include "engine/store/gate.h"

static const char *const severity_ids[] = {"error", "warning"};

// "MESSAGE: ESTIMATE: TEXT"
static const char *breach_line(struct arena *a, const struct breach *b)
{
    const char *message = b->rule->message.in[LANG_EN];
    const char *name = b->estimate ? snapshot_name(a, b->estimate->key) : "";
    return arena_print(a, "%s%s%s%s%s", message, *message ? ": " : "", name, *name ? ": " : "",
                       b->text);
}

// A rule that selects nothing is most often misspelt: the nearest indicator.
static void report_idle(const struct gate_rule *rule, const struct snapshot *s, struct diags *d)
{
    diag(d, E0824, rule->where, "rule %s selects no estimate", rule->id);
    const struct texts *only = &rule->only[KEY_INDICATOR];
    const char **ids = mem_new(s->indicators.list.len + 1, sizeof *ids);
    for (size_t i = 0; i < s->indicators.list.len; i++)
        ids[i] = s->indicators.list.at[i].id;
    for (size_t i = 0; i < only->count; i++) {
        const char *near =
            strchr(only->at[i], '*') || snapshot_word(&s->indicators, str_of(only->at[i]))
                ? NULL
                : str_nearest(only->at[i], ids, s->indicators.list.len);
        if (near)
            diag_help(d, "did you mean the indicator `%s`?", near);
    }
    mem_free(ids);
}

enum status verdict_report(const struct verdict *v, const struct snapshot *s, struct diags *d)
{
    struct arena a = {0};
    for (size_t i = 0; i < v->breaches.len; i++) {
        const struct breach *b = &v->breaches.at[i];
        diag(d, b->rule->severity == GATE_ERROR ? E0821 : E0822, b->rule->where, "rule %s: %s",
             b->rule->id, breach_line(&a, b));
    }
    for (size_t i = 0; i < v->skipped.len; i++)
        diag(d, E0823, v->skipped.at[i]->where,
             "rule %s was not judged: there is no snapshot to compare with", v->skipped.at[i]->id);
    for (size_t i = 0; i < v->idle.len; i++)
        report_idle(v->idle.at[i], s, d);
    arena_free(&a);
    return v->errors ? FAIL_GATE : OK;
}

static bool is_skipped(const struct verdict *v, const struct gate_rule *rule)
{
    for (size_t i = 0; i < v->skipped.len; i++)
        if (v->skipped.at[i] == rule)
            return true;
    return false;
}

static size_t breaches_of(const struct verdict *v, const struct gate_rule *rule)
{
    size_t count = 0;
    for (size_t i = 0; i < v->breaches.len; i++)
        count += v->breaches.at[i].rule == rule;
    return count;
}

// ---- JUnit

static void attribute(struct buf *out, const char *name, const char *value)
{
    buf_print(out, " %s=\"", name);
    escape_html(out, str_of(value));
    buf_char(out, '"');
}

static void junit_rule(struct buf *out, const struct verdict *v, const struct gate_rule *rule)
{
    struct arena a = {0};
    size_t count = breaches_of(v, rule);
    bool error = rule->severity == GATE_ERROR;
    const char *message = rule->message.in[LANG_EN];
    buf_text(out, "    <testcase");
    attribute(out, "classname", gate_check_ids[rule->check]);
    attribute(out, "name", rule->id);
    attribute(out, "file", v->gate->path);
    buf_print(out, " line=\"%ld\">\n", rule->where.line);
    if (is_skipped(v, rule))
        buf_text(out, "      <skipped message=\"no snapshot to compare with\"/>\n");
    if (count) {
        buf_print(out, "      <%s", error ? "failure" : "system-out");
        if (error) {
            attribute(out, "type", gate_check_ids[rule->check]);
            attribute(out, "message",
                      *message ? message : arena_print(&a, "%zu estimates fail the rule", count));
        }
        buf_text(out, ">\n");
        for (size_t i = 0; i < v->breaches.len; i++) {
            if (v->breaches.at[i].rule != rule)
                continue;
            escape_html(out, str_of(breach_line(&a, &v->breaches.at[i])));
            buf_char(out, '\n');
        }
        buf_print(out, "      </%s>\n", error ? "failure" : "system-out");
    }
    buf_text(out, "    </testcase>\n");
    arena_free(&a);
}

void verdict_junit(struct buf *out, const struct verdict *v)
{
    size_t failed = 0;
    for (size_t i = 0; i < v->gate->rule_count; i++)
        failed += v->gate->rules[i].severity == GATE_ERROR && breaches_of(v, &v->gate->rules[i]);
    buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite");
    attribute(out, "name", v->gate->path);
    buf_print(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n",
              v->gate->rule_count, failed, v->skipped.len);
    for (size_t i = 0; i < v->gate->rule_count; i++)
        junit_rule(out, v, &v->gate->rules[i]);
    buf_text(out, "  </testsuite>\n</testsuites>\n");
}

// ---- JSON

static void json_breach(struct json *j, const struct breach *b)
{
    json_open(j, '{', true);
    for (int k = 0; b->estimate && k < SNAPSHOT_KEYS; k++) {
        json_key(j, snapshot_key_names[k]);
        json_str(j, b->estimate->key[k]);
    }
    json_key_text(j, "text", b->text);
    json_close(j, '}');
}

static void json_rule(struct json *j, const struct verdict *v, const struct gate_rule *rule)
{
    size_t count = breaches_of(v, rule);
    json_open(j, '{', false);
    json_key_text(j, "id", rule->id);
    json_key_text(j, "check", gate_check_ids[rule->check]);
    json_key_text(j, "severity", severity_ids[rule->severity]);
    json_key_text(j, "result", is_skipped(v, rule) ? "skipped" : count ? "failed" : "passed");
    json_key(j, "message");
    json_open(j, '{', true);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_key_text(j, lang_ids[lang], rule->message.in[lang]);
    json_close(j, '}');
    json_key(j, "breaches");
    json_open(j, '[', false);
    for (size_t i = 0; i < v->breaches.len; i++)
        if (v->breaches.at[i].rule == rule)
            json_breach(j, &v->breaches.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}

void verdict_json(struct buf *out, const struct verdict *v)
{
    struct json j;
    json_start(&j, out);
    json_open(&j, '{', false);
    json_key_text(&j, "gates", v->gate->path);
    json_key(&j, "passed");
    json_bool(&j, v->errors == 0);
    json_key_int(&j, "errors", (int64_t)v->errors);
    json_key_int(&j, "warnings", (int64_t)v->warnings);
    json_key(&j, "rules");
    json_open(&j, '[', false);
    for (size_t i = 0; i < v->gate->rule_count; i++)
        json_rule(&j, v, &v->gate->rules[i]);
    json_close(&j, ']');
    json_close(&j, '}');
}
