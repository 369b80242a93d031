// SPDX-License-Identifier: GPL-3.0-or-later
// Every diagnostic the program can give: CODE(id, severity, exit status, what it means, what to do).
// Codes are stable: a number is never reused. E01 study, E02 files and bytes, E03 records and cells,
// E04 survey design and statistics, E05 tables and charts, E06 output folder, E07 command line,
// E09 everything else. Severities: E error, W warning, N note.
#pragma once

// clang-format off
#define DIAGNOSTIC_CODES(CODE)                                                                     \
    /* ---- E02: files and bytes */                                                                \
    CODE(E0201, E, FAIL_INPUT, "input cannot be opened", "check the path and the permissions")     \
    CODE(E0202, E, FAIL_INPUT, "input is a folder", "name a file, or a pattern such as *.csv")     \
    CODE(E0204, E, FAIL_IO, "input cannot be read to its end", "check the disk or the network folder and run again") \
    CODE(E0215, E, FAIL_DATA, "input is larger than a limit", "split the file, or raise the limit under `limits:` in the study") \
    /* ---- E06: output folder */                                                                  \
    CODE(E0601, E, FAIL_CREATE, "output folder cannot be made", "check the permissions of the parent folder, or choose another with -o") \
    CODE(E0602, E, FAIL_CREATE, "output is not a folder", "choose another folder with -o")         \
    CODE(E0603, E, FAIL_CREATE, "output folder holds files of somebody else", "choose another folder with -o, or move that file away") \
    CODE(E0604, E, FAIL_INTERNAL, "unsafe name of an output file", "please report this as an error of the program") \
    CODE(E0605, E, FAIL_CREATE, "output file cannot be made", "check the permissions and the limit of open files") \
    CODE(E0606, E, FAIL_IO, "output file cannot be written", "free some disk space and run again; the old results are untouched") \
    CODE(E0607, E, FAIL_IO, "output folder cannot be put in place", "check the parent folder; the old results are untouched") \
    /* ---- E09: everything else */                                                                \
    CODE(E0901, E, FAIL_INTERNAL, "internal error", "please report this as an error of the program")
// clang-format on
