// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file.h"
#include "engine/study/init.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_FIELDS = 16 };

// "a,b,c" as a record; no quotes here.
static size_t split(const char *line, struct str fields[MOST_FIELDS])
{
    size_t count = 0;
    for (const char *at = line;; at++) {
        size_t len = strcspn(at, ",");
        fields[count++] = (struct str){at, len};
        at += len;
        if (!*at || count == MOST_FIELDS)
            return count;
    }
}

static struct init_file file(struct arena *a, const char *path, const char *const *lines)
{
    struct init_file f;
    struct str fields[MOST_FIELDS];
    size_t count = split(lines[0], fields);
    init_header(&f, a, path, fields, count);
    for (size_t i = 1; lines[i]; i++) {
        count = split(lines[i], fields);
        init_row(&f, a, fields, count);
    }
    return f;
}

static void kinds_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum input_kind kind;
    } cases[] = {
        {"region,weight,q1", INPUT_SURVEY},
        {"Date,CallsOffered,CallsHandled", INPUT_COUNTS},
        {"centre,occurred_at,channel,client_id,wait_s", INPUT_EVENTS},
        {"service_id,region,level,reached", INPUT_SERVICES},
        {"service_id,e_registration,e_application,e_issuance", INPUT_SERVICES},
        {"service_std_id,owner_org,service_std_target,volume_meeting_target,total_volume",
         INPUT_STANDARDS},
        {"region,period,stratum,count", INPUT_POPULATION},
        {"indicator,item,region,target", INPUT_TARGETS},
        {"group,indicator,value,n", INPUT_BENCHMARKS},
        {"recommendation,owner,due,status", INPUT_PLAN},
        {"measure,region,numerator,denominator", INPUT_LEDGER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct init_file f = file(&a, "x.csv", (const char *const[]){cases[i].header, NULL});
        assert_int_equal(init_kind(&f), cases[i].kind);
        arena_free(&a);
    }
    struct arena a = {0};
    struct init_file f = file(&a, "x.csv", (const char *const[]){"Période,RÉGION,poids", NULL});
    assert_int_equal(init_role(&f, "period"), 0);
    assert_int_equal(init_role(&f, "region"), 1);
    assert_int_equal(init_role(&f, "weight"), 2);
    assert_int_equal(init_role(&f, "fpc"), -1);
    arena_free(&a);
}

static const char *const survey_lines[] = {
    "Region,weight,Q1 overall,no,\"odd\\name,q4,q5,size,comment,q6,empty,",
    "MB,1.5,5,1,3,0,7,small,a long story,12.5,,",
    "SK,2,4,2,3,10,1,large,another one,8,,",
    "MB,1,1,1,4,9,4,small,third,0.25,,",
    "AB,1,2,2,5,5,2,small,x4,3,,",
    "AB,1,2,2,8,5,2,small,x5,3,,",
    "AB,1,2,2,5,5,2,small,x6,3,,",
    "AB,1,2,2,5,5,2,small,x7,3,,",
    "AB,1,2,2,5,5,2,small,x8,3,,",
    "AB,1,2,2,5,5,2,small,x9,3,,",
    "AB,1,2,2,5,5,2,small,x10,3,,",
    "AB,1,2,2,5,5,2,small,x11,3,,",
    "AB,1,2,2,5,5,2,small,x12,3,,",
    "AB,1,2,2,5,5,2,small,x13,3,,",
    NULL,
};

// The study that init writes is one that study_load takes without a word.
static void what_is_written_is_read(void **state)
{
    (void)state;
    struct arena a = {0};
    struct init_file files[] = {
        file(&a, "data/survey-1.csv", survey_lines),
        file(&a, "data/survey-2.csv", survey_lines),
        file(&a, "calls.csv", (const char *const[]){"Date,CallsOffered", "2003-01-01,5", NULL}),
        file(&a, "std.csv", (const char *const[]){"standard,met,total", "a,1,2", NULL}),
        file(&a, "inventory.csv",
             (const char *const[]){"service_id,e_registration,e_application,e_issuance", "1,Y,N,NA",
                                   NULL}),
        file(&a, "pop.csv", (const char *const[]){"region,stratum,count", "MB,all,2", NULL}),
        file(&a, "survey.csv", (const char *const[]){"region,weight", "MB,1", NULL}),
    };
    struct buf out = {0};
    init_write(files, sizeof files / sizeof *files, &out);
    char path[] = "/tmp/etalon-init-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(file_write_all(fd, out.ptr, out.len), 0);
    close(fd);
    struct study s;
    struct diags d = {0};
    enum status status = study_load(&s, path, &d);
    unlink(path);
    if (status || d.list.len)
        fail_msg("%ld:%ld: %s\n%s", d.list.at[0].where.line, d.list.at[0].where.column,
                 d.list.at[0].text, out.ptr);
    assert_int_equal(s.survey_count, 1); // one header, two files; the last has no questions
    assert_int_equal(s.surveys[0].in.files.count, 2);
    assert_string_equal(s.surveys[0].in.files.at[1], "data/survey-2.csv");
    assert_string_equal(input_column(&s.surveys[0].in, "region", 1).at[0], "Region");
    static const struct {
        const char *id, *column;
        enum scale scale;
    } items[] = {
        {"q1_overall", "Q1 overall", SCALE_SATISFACTION},
        {"no", "no", SCALE_YES_NO},
        {"odd_name", "\"odd\\name", SCALE_SATISFACTION},
        {"q4", "q4", SCALE_NPS},
        {"q5", "q5", SCALE_LIKERT},
        {"size", "size", SCALE_CATEGORY},
        {"q6", "q6", SCALE_NUMBER},
    };
    assert_int_equal(s.surveys[0].item_count, sizeof items / sizeof *items);
    for (size_t i = 0; i < s.surveys[0].item_count; i++) {
        assert_string_equal(s.surveys[0].items[i].id, items[i].id);
        assert_string_equal(s.surveys[0].items[i].column, items[i].column);
        assert_int_equal(s.surveys[0].items[i].scale, items[i].scale);
    }
    assert_int_equal(s.activity_count, 1);
    assert_true(s.activities[0].counts);
    assert_string_equal(input_column(&s.activities[0].in, "offered", 1).at[0], "CallsOffered");
    assert_int_equal(s.standards_count, 1);
    assert_int_equal(s.services_count, 1);
    assert_string_equal(s.services[0].points[4], "e_issuance");
    assert_string_equal(s.population.files.at[0], "pop.csv");
    assert_non_null(strstr(out.ptr, "# regions: [MB, SK, AB]"));
    study_free(&s);
    diags_free(&d);
    buf_free(&out);
    arena_free(&a);
}

static void ids_differ(void **state)
{
    (void)state;
    struct arena a = {0};
    struct init_file f = file(&a, "s.csv", (const char *const[]){"Q 1,q-1,Q_1,1", "1,2,3,4", NULL});
    struct buf out = {0};
    init_write(&f, 1, &out);
    static const char *const ids[] = {"{id: q_1,", "{id: q_1_2,", "{id: q_1_3,", "{id: c1,"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_non_null(strstr(out.ptr, ids[i]));
    buf_free(&out);
    arena_free(&a);
}

// Pairs are found by name, cluster and fpc by what offices call them, and codes are left to a
// person.
static void a_survey_of_pairs_is_a_study_of_pairs(void **state)
{
    (void)state;
    struct arena a = {0};
    static const char *const lines[] = {
        "region,office,n_offices,segment,speed,speed_importance,imp_tone,tone,lone_importance",
        "MB,o1,8,new,5,4,3,4,1",
        "MB,o2,8,old,8,9,5,1,2",
        "SK,o3,9,new,1,5,4,3,3",
        "SK,o4,9,old,2,3,98,2,5",
        NULL};
    struct init_file f = file(&a, "s.csv", lines);
    struct buf out = {0};
    init_write(&f, 1, &out);
    static const char *const texts[] = {
        "cluster: office, fpc: n_offices",
        "column: speed, scale: satisfaction, importance: speed_importance}",
        "column: tone, scale: satisfaction, importance: imp_tone}",
        "column: lone_importance, scale: satisfaction}",
        "# missing: {dont_know: [\"8\", \"98\"], not_applicable: [\"9\"]}",
        "# breakdowns: [segment]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!strstr(out.ptr, texts[i]))
            fail_msg("%s\nnot in\n%s", texts[i], out.ptr);
    assert_null(strstr(out.ptr, "id: speed_importance"));
    assert_null(strstr(out.ptr, "id: imp_tone"));
    buf_free(&out);
    arena_free(&a);
}

// Written elsewhere, the study still finds its files: its paths are relative to itself.
static void a_study_in_another_folder_finds_its_files(void **state)
{
    (void)state;
    char *study = scratch_path("study.yaml");
    struct outcome made = RUN("init", "datasets/west/survey-2002-03-q1.csv", "-o", study);
    assert_int_equal(made.status, 0);
    struct outcome checked = RUN("check", study);
    assert_int_equal(checked.status, 0);
    outcome_free(&made);
    outcome_free(&checked);
    free(study);
    scratch_remove();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(ids_differ),
        cmocka_unit_test(a_survey_of_pairs_is_a_study_of_pairs),
        cmocka_unit_test(a_study_in_another_folder_finds_its_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
