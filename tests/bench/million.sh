#!/bin/sh
# A million made-up responses of 14 columns: how long etalon takes to read them, to tabulate eight
# questions by 4 regions x 13 segments with errors and Rao-Scott tests, beside what data.table's
# fread takes to read the file and nothing else. Usage: million.sh BUILD [record]; ROWS, TIMES.
build=$1
record=$2
rows=${ROWS:-1000000}
times=${TIMES:-3}
here=tests/bench
. tests/bench/common.sh
bench=$build/bench/million
mkdir -p "$bench" || exit 73

# One peer a row: name | what must be there | command, which writes seconds, peak MB and processor
# seconds.
peers='
etalon, one thread   | true                             | ours 1
etalon, all threads  | true                             | ours "$(nproc)"
fread, reading only  | Rscript -e "library(data.table)" | theirs
wc -l                | true                             | timed wc -l "$bench/survey.csv"
'

# GNU time knows the peak; without it there is none.
timed() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f '%e %M %U %S' -o "$bench/time" "$@" >"$bench/said" </dev/null || return 70
        awk '{ print $1, $2 / 1024, $3 + $4 }' "$bench/time"
    else
        start=$(date +%s.%N)
        "$@" >"$bench/said" </dev/null || return 70
        echo "$(date +%s.%N) $start" | awk '{ print $1 - $2, 0, 0 }'
    fi
}

ours() {
    timed "$build/etalon" run "$bench" -o "$bench/out" -q --formats csv --charts none -j "$1"
}

# The seconds of fread itself, without the start of R; the peak is that of R.
theirs() {
    peak=$(timed Rscript -e 'suppressMessages(library(data.table))
        spent <- system.time(fread(commandArgs(TRUE)[1], showProgress = FALSE))
        cat(spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]], "\n")' "$bench/survey.csv") || return 70
    echo "$(cat "$bench/said") $peak" | awk '{ print $1, $4, $2 }'
}

cc -std=c17 -D_GNU_SOURCE -O2 -I. -o "$bench/make_survey" $here/make_survey.c datasets/random.c || exit 70
"$bench/make_survey" "$rows" 8 13 >"$bench/survey.csv" && cp $here/million.yaml "$bench/study.yaml" || exit 74

table=$bench/table.md
first= status=0
{
    bench_head "$rows responses, 14 columns, 8 questions by 52 cells with errors, Rao-Scott tests" "$bench/survey.csv"
    echo '| program | seconds | times etalon, one thread | processor seconds | peak MB |'
    echo '|---|---|---|---|---|'
} >"$table"
echo "$peers" | while IFS='|' read -r name needs command; do
    name=$(echo "$name" | sed 's/ *$//')
    [ -n "$name" ] || continue
    if ! eval "$needs" >/dev/null 2>&1; then
        echo "| $name | not installed | | | |" >>"$table"
        continue
    fi
    best=''
    for _ in $(seq "$times"); do
        found=$(eval "$command") || exit 70
        best=$(printf '%s\n' "$found" "$best" | grep . | sort -g | head -n 1)
    done
    [ -n "$first" ] || first=${best%% *}
    echo "$best $first" |
        awk -v name="$name" '{ printf "| %s | %.2f | %.2f | %.2f | %.0f |\n", name, $1, $1 / $4, $3, $2 }' >>"$table"
done || status=$?
cat "$table"
cells=$(awk -F, '$1 == "survey.mean" && $2 == "q1" && $3 != "ALL" && $5 == "segment" && $8 > 0' "$bench/out/indicators.csv" | wc -l)
tests=$(grep -c '^rao_scott,' "$bench/out/tests.csv")
[ "$cells" = 52 ] && [ "$tests" -gt 0 ] || { echo "$cells cells with an error, $tests tests" >&2; status=1; }
[ "$status" = 0 ] && [ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
exit "$status"
