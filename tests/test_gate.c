// SPDX-License-Identifier: GPL-3.0-or-later
// Gates: the rules file, what each check finds, the verdict for CI.
#include "engine/store/gate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/temp_file.h"

// Two regions and the whole; A has few answers, B misses a standard and has no total of its own.
// One row of a snapshot a line, as it stands in the file.
// clang-format off
static const char present[] =
    "{\"study\": {\"id\": \"t\", \"min_n\": 10, \"regions\": [{\"id\": \"A\"}, {\"id\": \"B\"}], \"total\": {\"id\": \"ALL\"}}, \"period\": \"2003-04 Q4\", \"date\": \"2004-05-14\", \"indicators\": [{\"id\": \"survey.mean\"}, {\"id\": \"standards.met\"}], \"estimates\": [\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"A\", \"period\": \"2003-04 Q4\", \"value\": 4.25, \"n\": 12, \"status\": \"ok\", \"decimals\": 2},\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"B\", \"period\": \"2003-04 Q4\", \"value\": 3.5, \"n\": 200, \"status\": \"ok\", \"decimals\": 2},\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"ALL\", \"period\": \"2003-04 Q4\", \"value\": 3.9, \"n\": 212, \"status\": \"ok\", \"decimals\": 2},\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"B\", \"period\": \"2003-04 Q4\", \"by\": \"s\", \"level\": \"x\", \"status\": \"suppressed\"},\n"
    "{\"indicator\": \"survey.response\", \"item\": \"q\", \"region\": \"A\", \"period\": \"2003-04 Q4\", \"value\": 89.96, \"n\": 12, \"status\": \"ok\", \"decimals\": 1},\n"
    "{\"indicator\": \"standards.met\", \"item\": \"phone\", \"region\": \"A\", \"period\": \"2003-04 Q4\", \"value\": 100, \"n\": 1, \"status\": \"ok\", \"decimals\": 0},\n"
    "{\"indicator\": \"standards.met\", \"item\": \"phone\", \"region\": \"B\", \"period\": \"2003-04 Q4\", \"value\": 0, \"n\": 1, \"status\": \"ok\", \"decimals\": 0},\n"
    "{\"indicator\": \"standards.met\", \"item\": \"\", \"region\": \"B\", \"period\": \"2003-04 Q4\", \"value\": 50, \"n\": 2, \"status\": \"ok\", \"decimals\": 0},\n"
    "{\"indicator\": \"quality.reconcile\", \"item\": \"regions\", \"region\": \"ALL\", \"period\": \"2003-04 Q4\", \"value\": -3, \"n\": 2, \"status\": \"ok\", \"decimals\": 0}\n"
    "]}";

static const char before[] =
    "{\"study\": {\"id\": \"t\", \"regions\": [{\"id\": \"A\"}, {\"id\": \"B\"}, {\"id\": \"C\"}]}, \"period\": \"2003-04 Q3\", \"estimates\": [\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"A\", \"period\": \"2003-04 Q3\", \"value\": 4.05, \"ci_low\": 3, \"ci_high\": 4, \"status\": \"ok\", \"decimals\": 2},\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"B\", \"period\": \"2003-04 Q3\", \"value\": 2.5, \"ci_low\": 3, \"ci_high\": 4, \"status\": \"ok\", \"decimals\": 2},\n"
    "{\"indicator\": \"survey.mean\", \"item\": \"q\", \"region\": \"C\", \"period\": \"2003-04 Q3\", \"value\": 3, \"ci_low\": 3, \"ci_high\": 4, \"status\": \"ok\", \"decimals\": 2}]}";
// clang-format on

static enum status read_rules(struct gate *g, const char *rules, struct diags *d)
{
    char path[128];
    snprintf(path, sizeof path, "%s/gates.yaml", temp_folder());
    temp_write(path, rules, strlen(rules));
    enum status status = gate_read(g, path, d);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    return status;
}

struct judged {
    struct gate gate;
    struct snapshot old, new;
    struct diff diff;
    struct verdict verdict;
    struct diags d;
};

static void judge(struct judged *j, const char *rules, bool compare)
{
    *j = (struct judged){0};
    if (read_rules(&j->gate, rules, &j->d))
        fail_msg("%s", j->d.list.at[0].text);
    assert_int_equal(snapshot_parse(&j->new, "new", str_of(present), &j->d), OK);
    assert_int_equal(snapshot_parse(&j->old, "old", str_of(before), &j->d), OK);
    diff_make(&j->diff, &j->old, &j->new);
    gate_judge(&j->verdict, &j->gate, &j->new, compare ? &j->diff : NULL);
}

static void judge_free(struct judged *j)
{
    verdict_free(&j->verdict);
    diff_free(&j->diff);
    snapshot_free(&j->old);
    snapshot_free(&j->new);
    gate_free(&j->gate);
    diags_free(&j->d);
}

static void each_check_finds_its_breaches(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        size_t breaches;
        const char *text; // of the first
    } cases[] = {
        {"check: minimum_n, limit: 30, indicator: survey.mean", 1,
         "the base is 12, at least 30 are asked"},
        {"check: minimum_n, limit: 12, indicator: survey.mean", 0, NULL},
        {"check: minimum_n, limit: 5, indicator: survey.mean, by: \"*\"", 1,
         "the base is too small to be shown, at least 5 are asked"},
        {"check: minimum_n, limit: 500, indicator: survey.*, region: A", 2, NULL},
        // 89.96 is printed as 90.0
        {"check: minimum_response, limit: 90", 0, NULL},
        {"check: minimum_response, limit: 90.1", 1, "90.0 is below the limit of 90.1"},
        {"check: minimum, indicator: survey.mean, limit: 3.6", 1, "3.50 is below the limit of 3.6"},
        {"check: maximum, indicator: survey.mean, limit: 4", 1, "4.25 is above the limit of 4"},
        {"check: maximum_change, indicator: survey.mean, limit: 0.5", 1,
         "changed by 1.00 from 2.50 to 3.50, at most 0.5 is allowed"},
        {"check: maximum_change, indicator: survey.mean, limit: 0.1", 2, NULL},
        {"check: required, indicator: survey.mean, item: q", 0, NULL},
        {"check: required, indicator: [survey.mean, survey.response], item: q", 2,
         "no value for indicator survey.response, item q, region B"},
        {"check: required, indicator: survey.mean, item: q, by: s, level: x, region: B", 1, NULL},
        {"check: standard_met", 1, "the standard is not met"},
        {"check: reconciles", 1, NULL},
        {"check: reconciles, limit: 3", 0, NULL},
        {"check: no_new_missing_region, indicator: survey.mean", 1,
         "region C has no value, and had some"},
        {"check: fresh, since: 2003-04 Q4", 0, NULL},
        {"check: fresh, since: 2004-05 Q1", 1, "the period 2003-04 Q4 is older than 2004-05 Q1"},
        // from 31 March to 14 May are 44 days
        {"check: fresh, limit: 44", 0, NULL},
        {"check: fresh, limit: 43", 1,
         "published 44 days after the end of 2003-04 Q4, at most 43 are allowed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "gates: 1\nrules:\n  - {id: r, %s}\n", cases[i].rule);
        struct judged j;
        judge(&j, rules, true);
        if (j.verdict.breaches.len != cases[i].breaches)
            fail_msg("%s: %zu breaches", cases[i].rule, j.verdict.breaches.len);
        if (cases[i].text)
            assert_string_equal(j.verdict.breaches.at[0].text, cases[i].text);
        judge_free(&j);
    }
}

static void without_a_snapshot_before_change_is_not_judged(void **state)
{
    (void)state;
    struct judged j;
    judge(&j,
          "gates: 1\nrules:\n  - {id: a, check: maximum_change, limit: 0}\n  - {id: b, check: "
          "minimum_n, limit: 1, indicator: survye.mean}\n",
          false);
    assert_int_equal(j.verdict.breaches.len, 0);
    assert_int_equal(j.verdict.skipped.len, 1);
    assert_int_equal(j.verdict.idle.len, 1);
    assert_int_equal(verdict_report(&j.verdict, &j.new, &j.d), OK);
    assert_non_null(strstr(j.d.list.at[1].help, "survey.mean"));
    judge_free(&j);
}

static void a_warning_passes_and_an_error_fails(void **state)
{
    (void)state;
    struct judged j;
    judge(&j,
          "gates: 1\nrules:\n  - {id: w, check: standard_met, severity: warning}\n  - {id: n, "
          "check: minimum_n, indicator: survey.mean, limit: 1}\n",
          true);
    assert_int_equal(verdict_report(&j.verdict, &j.new, &j.d), OK);
    assert_int_equal(j.d.warnings, 1);
    judge_free(&j);
    judge(&j,
          "gates: 1\nrules:\n  - id: s\n    check: standard_met\n    message: {en: \"<not> met\", "
          "fr: non}\n",
          true);
    assert_int_equal(verdict_report(&j.verdict, &j.new, &j.d), FAIL_GATE);
    struct buf xml = {0};
    verdict_junit(&xml, &j.verdict);
    assert_non_null(strstr(xml.ptr, "tests=\"1\" failures=\"1\""));
    assert_non_null(strstr(xml.ptr, "message=\"&lt;not&gt; met\""));
    assert_non_null(strstr(xml.ptr, "standards.met/phone, B, 2003-04 Q4"));
    buf_free(&xml);
    judge_free(&j);
}

static void mistakes_in_the_rules_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *rules;
        enum code code;
        const char *help;
    } cases[] = {
        {"", E0820, NULL},
        {"rules: []", E0106, "gates"},
        {"gates: 2\nrules: []", E0110, NULL},
        {"gates: 1\nrules:\n  - {id: a, chek: target}", E0104, "check"},
        {"gates: 1\nrules:\n  - {id: a, check: tagret}", E0107, "target"},
        {"gates: 1\nrules:\n  - {id: a, check: minimum_n}", E0106, NULL},
        {"gates: 1\nrules:\n  - {id: a, check: required}", E0106, NULL},
        {"gates: 1\nrules:\n  - {id: a, check: fresh}", E0106, NULL},
        {"gates: 1\nrules:\n  - {id: a, check: target, since: 2003-04 Q1}", E0115, NULL},
        {"gates: 1\nrules:\n  - {id: a, check: target}\n  - {id: a, check: target}", E0108, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gate g = {0};
        struct diags d = {0};
        assert_int_equal(read_rules(&g, cases[i].rules, &d), FAIL_DATA);
        if (d.list.at[0].code != cases[i].code)
            fail_msg("case %zu: %s", i, d.list.at[0].text);
        if (cases[i].help)
            assert_non_null(strstr(d.list.at[0].help, cases[i].help));
        gate_free(&g);
        diags_free(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_finds_its_breaches),
        cmocka_unit_test(without_a_snapshot_before_change_is_not_judged),
        cmocka_unit_test(a_warning_passes_and_an_error_fails),
        cmocka_unit_test(mistakes_in_the_rules_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
