// SPDX-License-Identifier: GPL-3.0-or-later
// Every diagnostic the program can give: CODE(id, severity, exit status, what it means, what to
// do). Codes are stable: a number is never reused. E01 study, E02 files and bytes, E03 records and
// cells, E04 survey design and statistics, E05 tables and charts, E06 output folder, E07 command
// line, E09 everything else. Severities: E error, W warning, N note.
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
    CODE(E0120, E, FAIL_DATA, "a model of the study contradicts itself", "see metrics/README.md for models of your own") \
    CODE(E0117, E, FAIL_DATA, "id cannot be used", "use letters, digits, `_`, `-` and `.`") \
    CODE(E0150, W, OK, "text in one language only", "give the text in both languages: {en: …, fr: …}") \
    CODE(E0151, N, OK, "period restated in the calendar of the study", "write the period as the study's `year` has it") \
    /* ---- E02: files and bytes */                                                                \
    CODE(E0201, E, FAIL_INPUT, "input cannot be opened", "check the path and the permissions")     \
    CODE(E0202, E, FAIL_INPUT, "input is a folder", "name a file, or a pattern such as *.csv")     \
    CODE(E0204, E, FAIL_IO, "input cannot be read to its end", "check the disk or the network folder and run again") \
    CODE(E0215, E, FAIL_DATA, "input is larger than a limit", "split the file, or raise the limit under `limits:` in the study") \
    CODE(E0205, E, FAIL_DATA, "compressed file is cut", "fetch the file again") \
    CODE(E0206, E, FAIL_DATA, "compressed file is corrupt", "fetch the file again") \
    CODE(E0207, E, FAIL_DATA, "compressed data are followed by something else", "fetch the file again, or unpack it by hand and look") \
    CODE(E0208, E, FAIL_DATA, "compressed file grows beyond all measure", "if the file is what you expect, raise `limits: {expand: N}` in the study") \
    CODE(E0209, E, FAIL_RETRY, "input changed while it was read", "wait until the file is complete and run again") \
    CODE(E0210, E, FAIL_INPUT, "input is not a regular file", "name a file that lies on a disk") \
    CODE(E0211, E, FAIL_INPUT, "pattern matches no file", "check the pattern; paths are relative to the study file") \
    CODE(E0212, W, OK, "file is named twice", "it is read once; name it once") \
    CODE(E0213, W, OK, "NUL or end marks at the end of a file", "they were dropped; the file may be half copied") \
    CODE(E0214, W, OK, "file is read as windows-1252", "declare `dialect: {encoding: windows-1252}` or use --encoding to be sure") \
    CODE(E0216, E, FAIL_DATA, "bytes that are not text in the encoding of the file", "tell the encoding with `dialect: {encoding: NAME}` or --encoding NAME") \
    CODE(E0217, E, FAIL_DATA, "file looks like UTF-16 without its mark", "tell the encoding with --encoding utf-16le or utf-16be") \
    CODE(E0218, E, FAIL_DATA, "unknown encoding", "known: utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1, iso-8859-15, macroman") \
    CODE(E0219, N, OK, "what was found out about a file", "declare it under `dialect:` if it is wrong") \
    CODE(E0220, E, FAIL_DATA, "SPSS file cannot be read", "open it in SPSS or PSPP and save it again, or export it as CSV") \
    CODE(E0221, E, FAIL_DATA, "program was built without the reader of SPSS files", "install libreadstat-dev and build again, or export the file as CSV") \
    CODE(E0222, N, OK, "values that the file itself declares missing", "name them under `missing:` to say which kind they are") \
    /* ---- E03: records and cells */                                                              \
    CODE(E0301, E, FAIL_DATA, "file has no header", "the first row must name the columns")         \
    CODE(E0302, E, FAIL_DATA, "quote is never closed", "close the quote, or double it if it belongs to the text") \
    CODE(E0303, E, FAIL_DATA, "field is over the limit", "look for a missing quote, or raise `limits: {field: N}` in the study") \
    CODE(E0304, E, FAIL_DATA, "record is over the limit", "look at the line ends of the file, or raise the limit under `limits:` in the study") \
    CODE(E0305, W, OK, "quote inside an unquoted field", "it is kept as text; quote the field and double the quote") \
    CODE(E0306, W, OK, "text after a closing quote", "the field is kept as it stands; double quotes that belong to the text") \
    CODE(E0307, N, OK, "blank lines are skipped", "nothing need be done") \
    CODE(E0308, W, OK, "lines before the table are skipped", "remove them if the header is not the row you expect") \
    CODE(E0309, W, OK, "several header rows are joined", "keep one header row if the names are not what you expect") \
    CODE(E0310, W, OK, "second table in a file", "it was not read; put it into a file of its own") \
    CODE(E0311, N, OK, "first line names the delimiter", "nothing need be done") \
    CODE(E0312, W, OK, "row with another number of fields than the header", "look for a delimiter in an unquoted field") \
    CODE(E0313, W, OK, "every row has another number of fields than the header", "declare the delimiter, or correct the header") \
    CODE(E0314, E, FAIL_DATA, "column is not in the file", "correct the name in the study, or add the column") \
    CODE(E0315, E, FAIL_DATA, "column stands twice in the file", "rename one of the two") \
    CODE(E0316, W, OK, "column without a name", "nobody can use it; give it a name in the header") \
    CODE(E0317, N, OK, "column with a known name is not used", "name it under `columns:` to use it") \
    CODE(E0318, W, OK, "rows were rejected", "rejects.csv lists them") \
    CODE(E0319, E, FAIL_DATA, "too many rows are rejected", "correct the file, or allow more with `max_rejects:` in the study") \
    CODE(E0320, E, FAIL_DATA, "two regions differ only in case or accents", "declare the region under `regions:` with the other spelling as an alias") \
    CODE(E0321, W, OK, "NUL byte in a row", "the file is damaged; fetch it again") \
    CODE(E0322, E, FAIL_DATA, "every row has another number of fields than the header", "declare the delimiter, or correct the header") \
    CODE(E0324, E, FAIL_DATA, "too many different values", "check that the right column is named, or raise `limits: {levels: N}`") \
    CODE(E0325, E, FAIL_DATA, "row was rejected", "correct the row in the file") \
    /* ---- E040 to E044: survey design and statistics */                                          \
    CODE(E0401, E, FAIL_DATA, "a stratum has one sampled unit", "choose `lonely: certainty`, `adjust` or `average` in the study, or merge strata") \
    CODE(E0402, E, FAIL_DATA, "fpc is missing in a used row", "give every row the number of units in its stratum") \
    CODE(E0403, E, FAIL_DATA, "two fpc values in one stratum", "give every row of a stratum the same number of units") \
    CODE(E0404, E, FAIL_DATA, "more units sampled than fpc says there are", "fpc holds numbers of sampling units (clusters, where there are clusters), or fractions up to 1") \
    CODE(E0405, E, FAIL_DATA, "replicate weights cannot be used", "see `replicates:` in the manual") \
    CODE(E0406, E, FAIL_DATA, "weights cannot be calibrated", "check the margins against the sample") \
    CODE(E0407, E, FAIL_DATA, "stratum, cluster or fpc is blank in a used row", "fill the column, or set the weight of the row to 0") \
    CODE(E0408, N, OK, "how samples of several periods are related", "nothing to do: this is for your method note") \
    CODE(E0409, N, OK, "a test or a model could not be made", "see the manual, section on tests") \
    CODE(E0410, E, FAIL_DATA, "a survey names an item or column that does not serve", "see the study file, section surveys") \
    CODE(E0411, W, OK, "a driver is close to the others", "drivers with a variance inflation above 5 cannot be told apart: read their shares together") \
    CODE(E0412, W, OK, "a target cannot be used", "see targets.csv in the manual") \
    CODE(E0413, W, OK, "a benchmark cannot be used", "see benchmarks.csv in the manual") \
    CODE(E0414, E, FAIL_DATA, "no row of a survey has a weight above 0", "check that the right column is named as weight; a row of weight 0 is not used") \
    CODE(E0421, N, OK, "how intervals of activity are made", "nothing to do: this is for your method note") \
    CODE(E0422, E, FAIL_DATA, "breakdowns of activity are too many", "break down by fewer columns, or by columns with fewer values") \
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
    CODE(E0424, W, OK, "control charts stay by quarter", "choose a longer grain under `control:`, or take fewer regions") \
    CODE(E0460, W, OK, "a score cannot be used", "see metrics/README.md for the measures of a scores file") \
    CODE(E0461, N, OK, "weights of the model are not verified", "name the model's weights as quoted wherever you publish them") \
    CODE(E0462, W, OK, "a date of the action plan cannot be read", "write 2004-06-30, 2004-06, FY2004-05, 2004-spring or ongoing") \
    CODE(E0463, W, OK, "figures that do not reconcile", "see the quality section of the report") \
    CODE(E0464, E, FAIL_DATA, "clients of a stratum that the population does not have", "add the stratum to the population file, or correct `by`") \
    /* ---- E055 to E059: charts */                                                                \
    CODE(E0551, E, FAIL_GNUPLOT, "gnuplot cannot be started", "install gnuplot (Debian: gnuplot-nox), or run with --charts none; the tables are complete") \
    CODE(E0552, E, FAIL_GNUPLOT, "a chart could not be drawn", "run `etalon doctor`; the tables are complete, and the chart says that it is missing") \
    /* ---- E06: output folder */                                                                  \
    CODE(E0601, E, FAIL_CREATE, "output folder cannot be made", "check the permissions of the parent folder, or choose another with -o") \
    CODE(E0602, E, FAIL_CREATE, "output is not a folder", "choose another folder with -o")         \
    CODE(E0603, E, FAIL_CREATE, "output folder holds files of somebody else", "choose another folder with -o, or move that file away") \
    CODE(E0604, E, FAIL_INTERNAL, "unsafe name of an output file", "please report this as an error of the program") \
    CODE(E0605, E, FAIL_CREATE, "output file cannot be made", "check the permissions and the limit of open files") \
    CODE(E0606, E, FAIL_IO, "output file cannot be written", "free some disk space and run again; the old results are untouched") \
    CODE(E0607, E, FAIL_IO, "output folder cannot be put in place", "check the parent folder; the old results are untouched") \
    CODE(E0608, E, FAIL_IO, "workbook cannot be written", "free some disk space and run again, or leave `xlsx` out of --formats") \
    /* ---- E07: command line */                                                                   \
    CODE(E0701, E, FAIL_USAGE, "unknown command or option", "'etalon --help' lists what there is")  \
    CODE(E0702, E, FAIL_USAGE, "option with an impossible value", "'etalon COMMAND --help' tells what it takes") \
    CODE(E0703, E, FAIL_USAGE, "argument missing or too many", "'etalon COMMAND --help' tells the arguments") \
    CODE(E0704, E, FAIL_IO, "standard output cannot be written", "free some disk space, or check where the output goes") \
    CODE(E0705, E, FAIL_DATA, "row would be rejected", "mend the row, or allow rejects with `max_rejects` in the study") \
    CODE(E0706, E, FAIL_GNUPLOT, "a tool is missing", "install what the lines above name")        \
    /* ---- E08: disclosure */                                                                     \
    CODE(E0801, W, OK, "rows were withheld", "indicators.csv has each with its status; nothing to do unless more is withheld than you expect") \
    CODE(E0802, W, OK, "a withheld base can be worked out", "show fewer levels or regions: the table is too small to protect anybody in it") \
    /* ---- E081 to E089: snapshots, gates, history, release */                                    \
    CODE(E0811, E, FAIL_DATA, "snapshot is not JSON", "give the snapshot.json of a run, or the folder it wrote") \
    CODE(E0812, E, FAIL_DATA, "not a snapshot of etalon", "give the snapshot.json of a run, or the folder it wrote") \
    CODE(E0813, W, OK, "snapshots of two studies", "compare snapshots of one study") \
    CODE(E0815, E, FAIL_DATA, "snapshot of a newer program", "use a newer etalon") \
    CODE(E0820, E, FAIL_DATA, "gates file is empty", "start with `gates: 1` and a list of `rules:`") \
    CODE(E0821, E, FAIL_GATE, "a gate is not passed", "look into the estimate; if it is right, change the rule on purpose") \
    CODE(E0822, W, OK, "a gate with severity warning is not passed", "look into the estimate") \
    CODE(E0823, N, OK, "a rule was not judged", "give a snapshot to compare with: etalon diff OLD NEW --gate FILE") \
    CODE(E0824, W, OK, "a rule selects nothing", "check its patterns; `etalon list indicators` names the indicators") \
    CODE(E0831, E, FAIL_DATA, "history is damaged or something else", "restore it from a copy; it was not touched") \
    CODE(E0832, E, FAIL_DATA, "history of a newer program", "use a newer etalon") \
    CODE(E0833, E, FAIL_RETRY, "history is in use", "wait until the other run has ended and run again") \
    CODE(E0834, E, FAIL_IO, "history cannot be read or written", "check the disk and the permissions of its folder") \
    CODE(E0835, E, FAIL_USAGE, "no such release", "`etalon history FILE list` names the releases") \
    CODE(E0836, E, FAIL_DATA, "history is append-only", "only a release that stands can be withdrawn, and only once") \
    CODE(E0837, E, FAIL_CREATE, "history cannot be opened or made", "check the path and the permissions of its folder") \
    CODE(E0838, W, OK, "published values were revised without a reason", "give the reason under `revisions:` in the study") \
    CODE(E0841, E, FAIL_DISCLOSURE, "releases give somebody away when laid side by side", "withhold the rows named, wait for more answers, or keep the run a --draft; nothing was written") \
    /* ---- E084: parts of a run */                                                                \
    CODE(E0840, E, FAIL_INPUT, "file of the study is in no part", "make a part of it with `etalon partial`, and merge that too") \
    CODE(E0846, E, FAIL_CREATE, "part cannot be written or held", "check the folder, its permissions and the room on the disk") \
    CODE(E0842, E, FAIL_DATA, "not a part, or a damaged one", "make it again with `etalon partial`") \
    CODE(E0843, E, FAIL_DATA, "part of another study or version", "make all parts with this study file and this program") \
    CODE(E0844, E, FAIL_DATA, "a file or a part stands twice", "give each part once, and each file to one part") \
    CODE(E0845, E, FAIL_INPUT, "no file is chosen", "compare --files with the files that the study names") \
    /* ---- E085: runs that are repeated */ \
    CODE(E0851, E, FAIL_GATE, "a repeated run wrote another file", "look at the warnings below: they say what is not as it was") \
    CODE(E0852, W, OK, "something of a repeated run is not as it was", "fetch the data, the study and the program of then to get the same bytes") \
    /* ---- E09: everything else */                                                                \
    CODE(E0901, E, FAIL_INTERNAL, "internal error", "please report this as an error of the program") \
    CODE(E0902, E, FAIL_INTERNAL, "stopped by a signal", "run again; nothing was changed")         \
    CODE(E0910, W, OK, "a study of the self-test does not run", "please report this as an error of the program") \
    CODE(E0911, E, FAIL_GATE, "reference values are missed", "the lines marked MISS say which; please report this as an error of the program")
// clang-format on
