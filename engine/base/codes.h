// SPDX-License-Identifier: GPL-3.0-or-later
// Every diagnostic the program can give: CODE(id, severity, exit status, what it means, what to do).
// Codes are stable: a number is never reused. E01 study, E02 files and bytes, E03 records and cells,
// E04 survey design and statistics, E05 tables and charts, E06 output folder, E07 command line,
// E09 everything else. Severities: E error, W warning, N note.
#pragma once

// clang-format off
#define DIAGNOSTIC_CODES(CODE)                                                                     \
    /* ---- E01: study */ \
    CODE(E0101, E, FAIL_DATA, "study is not YAML", "check indentation, colons, brackets and quotes near that place") \
    CODE(E0102, E, FAIL_DATA, "key stands twice", "keep one of the two") \
    CODE(E0103, E, FAIL_DATA, "YAML that a study does not use", "write the value out in full: one document, plain keys, no aliases, at most 100 levels and 4 MiB") \
    CODE(E0104, E, FAIL_DATA, "unknown key", "correct the key, or remove it") \
    CODE(E0105, E, FAIL_DATA, "value of the wrong kind", "write the value as the manual shows for this key") \
    CODE(E0106, E, FAIL_DATA, "missing key", "add the key") \
    CODE(E0107, E, FAIL_DATA, "value is not one of the known ones", "choose one of the values that the manual lists for this key") \
    CODE(E0108, E, FAIL_DATA, "id stands twice", "give one of the two another id") \
    CODE(E0109, E, FAIL_DATA, "nothing in the study has this id", "correct the id, or declare what it names") \
    CODE(E0110, E, FAIL_DATA, "number outside its range", "choose a number inside the range") \
    CODE(E0111, E, FAIL_DATA, "not a period or a date", "write a period as 2003Q4, 2003, 2003-04 Q3 or 2003-04, a date as 2003-12-31") \
    CODE(E0112, E, FAIL_DATA, "version of the study format is not known", "write `etalon: 1`, or use a newer etalon") \
    CODE(E0113, E, FAIL_DATA, "two regions cannot be told apart", "every id, name and alias may belong to one region only") \
    CODE(E0114, E, FAIL_DATA, "survey design contradicts itself", "declare either replicate weights or stratum, cluster and fpc") \
    CODE(E0115, E, FAIL_DATA, "keys do not fit together", "change or remove one of the keys") \
    CODE(E0116, E, FAIL_DATA, "study is empty", "start with `etalon: 1` and `id:`; `etalon init FILE` writes a first study") \
    CODE(E0117, E, FAIL_DATA, "id cannot be used", "use letters, digits, `_`, `-` and `.`") \
    CODE(E0150, W, OK, "text in one language only", "give the text in both languages: {en: …, fr: …}") \
    CODE(E0151, N, OK, "period restated in the calendar of the study", "write the period as the study's `year` has it") \
    /* ---- E02: files and bytes */                                                                \
    CODE(E0201, E, FAIL_INPUT, "input cannot be opened", "check the path and the permissions")     \
    CODE(E0202, E, FAIL_INPUT, "input is a folder", "name a file, or a pattern such as *.csv")     \
    CODE(E0204, E, FAIL_IO, "input cannot be read to its end", "check the disk or the network folder and run again") \
    CODE(E0215, E, FAIL_DATA, "input is larger than a limit", "split the file, or raise the limit under `limits:` in the study") \
    /* ---- E045 to E049: administrative files */                                                  \
    CODE(E0451, E, FAIL_DATA, "a block does not name a column that it needs", "add the role under `columns:` of the block") \
    CODE(E0452, E, FAIL_DATA, "a service stands twice", "keep one row per service, region and period") \
    CODE(E0453, E, FAIL_DATA, "levels and steps in one file", "write `reached` in the words of `level`, or as a step 0 to 3 in every row") \
    CODE(E0454, E, FAIL_DATA, "targets in fractions and in percent in one file", "set `target_unit: fraction` or `target_unit: percent`") \
    CODE(E0455, N, OK, "how targets were read", "set `target_unit` to say it yourself") \
    CODE(E0456, N, OK, "how the depth of services was read", "set `depth: levels` or `depth: steps` to say it yourself") \
    CODE(E0457, E, FAIL_DATA, "unknown word in a status column", "use a status that the manual lists") \
    CODE(E0458, W, OK, "a standard stands twice", "map the column `service` if standards are numbered within services") \
    CODE(E0459, E, FAIL_DATA, "unknown model", "see metrics/README.md for the models") \
    CODE(E0460, W, OK, "a score cannot be used", "see metrics/README.md for the measures of a scores file") \
    CODE(E0461, N, OK, "weights of the model are not verified", "name the model's weights as quoted wherever you publish them") \
    CODE(E0462, W, OK, "a date of the action plan cannot be read", "write 2004-06-30, 2004-06, FY2004-05, 2004-spring or ongoing") \
    CODE(E0463, W, OK, "figures that do not reconcile", "see the quality section of the report") \
    /* ---- E06: output folder */                                                                  \
    CODE(E0601, E, FAIL_CREATE, "output folder cannot be made", "check the permissions of the parent folder, or choose another with -o") \
    CODE(E0602, E, FAIL_CREATE, "output is not a folder", "choose another folder with -o")         \
    CODE(E0603, E, FAIL_CREATE, "output folder holds files of somebody else", "choose another folder with -o, or move that file away") \
    CODE(E0604, E, FAIL_INTERNAL, "unsafe name of an output file", "please report this as an error of the program") \
    CODE(E0605, E, FAIL_CREATE, "output file cannot be made", "check the permissions and the limit of open files") \
    CODE(E0606, E, FAIL_IO, "output file cannot be written", "free some disk space and run again; the old results are untouched") \
    CODE(E0607, E, FAIL_IO, "output folder cannot be put in place", "check the parent folder; the old results are untouched") \
    /* ---- E07: command line */                                                                   \
    CODE(E0701, E, FAIL_USAGE, "unknown command or option", "'etalon --help' lists what there is")  \
    CODE(E0702, E, FAIL_USAGE, "option with an impossible value", "'etalon COMMAND --help' tells what it takes") \
    CODE(E0703, E, FAIL_USAGE, "argument missing or too many", "'etalon COMMAND --help' tells the arguments") \
    CODE(E0704, E, FAIL_IO, "standard output cannot be written", "free some disk space, or check where the output goes") \
    /* ---- E09: everything else */                                                                \
    CODE(E0901, E, FAIL_INTERNAL, "internal error", "please report this as an error of the program") \
    CODE(E0902, E, FAIL_INTERNAL, "stopped by a signal", "run again; nothing was changed") \
    CODE(E0398, E, FAIL_DATA, "row would be rejected", "mend the row, or allow rejects with `max_rejects` in the study")
// clang-format on
