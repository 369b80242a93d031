#!/bin/sh
# Runs the program and its peers on made-up contacts, checks that they give the same answers, prints
# times, ratios and peak memory. Usage: contacts.sh BUILD [record]; ROWS, TIMES as variables.
# DuckDB is fetched from npm into a cache outside the tree, unless DUCKDB_HOME names one.
build=$1
record=$2
rows=${ROWS:-4000000}
times=${TIMES:-3}
here=tests/bench
. tests/bench/common.sh
bench=$build/bench/contacts
DUCKDB_HOME=${DUCKDB_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/etalon-bench}
export DUCKDB_HOME
mkdir -p "$bench" || exit 73

duckdb() {
    [ -d "$DUCKDB_HOME/node_modules/@duckdb/node-api" ] && return
    command -v npm >/dev/null && mkdir -p "$DUCKDB_HOME" &&
        npm install --silent --no-audit --no-fund --prefix "$DUCKDB_HOME" @duckdb/node-api
}

# One peer a row: name | what must be there | command | where its answers are, none = nothing to compare.
# The first row is the one that the others are measured against.
peers='
etalon, one thread    | true        | "$build/etalon" run "$bench" -o "$bench/out" -q --period all --formats csv --charts none -j 1       | ours
etalon, all threads   | true        | "$build/etalon" run "$bench" -o "$bench/out" -q --period all --formats csv --charts none            | ours
etalon, reads, one thread  | true   | "$build/tests/bench/read_contacts" "$bench" 1 >/dev/null                                            | none
etalon, reads, all threads | true   | "$build/tests/bench/read_contacts" "$bench" "$(nproc)" >/dev/null                                   | none
DuckDB, one thread    | duckdb      | node $here/contacts_duckdb.mjs "$bench/contacts.csv" "$bench/theirs" 1                              | theirs
DuckDB, all threads   | duckdb      | node $here/contacts_duckdb.mjs "$bench/contacts.csv" "$bench/theirs" "$(nproc)"                     | theirs
Miller, two sums only | mlr --version | mlr --icsv --ocsv stats1 -a count,mean,p50 -f wait -g region,channel "$bench/contacts.csv" >/dev/null | none
wc -l                 | true        | wc -l "$bench/contacts.csv" >/dev/null                                                              | none
'

# The indicators that peers compute, as `region quarter by level indicator,value`, sorted.
ours() {
    awk -F, '$1 ~ /^activity\.(contacts|clients|wait_mean|wait_median|wait_p90|resolved|referred|core_share|fees|handle_mean)$/ &&
        $4 ~ /Q/ && ($5 == "" || $5 == "channel" || $5 == "segment") && $6 != "unknown" && $7 != "" {
            sub(/^activity\./, "", $1); print $3 " " $4 " " $5 " " $6 " " $1 "," $7 }' "$bench/out/indicators.csv" |
        LC_ALL=C sort >"$bench/ours"
}

# Largest relative difference over all answers; one that only one of them has counts as 1.
differ() {
    awk -F, 'FNR == NR { want[$1] = $2; left++; next }
        !($1 in want) { most = 1; next }
        { d = want[$1] == 0 ? ($2 != 0) : ($2 - want[$1]) / want[$1]; if (d < 0) d = -d; if (d > most) most = d; n++ }
        END { if (n != left || !n) most = 1; printf "%.1e of %d", most, n }' "$bench/ours" "$bench/$1"
}

# Seconds, peak memory in kB and seconds of processors of a command: GNU time where there is one.
measure() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f '%e %M %U %S' -o "$bench/time" sh -c "$1" </dev/null || return 70
    else
        start=$(date +%s.%N)
        sh -c "$1" </dev/null || return 70
        echo "$(date +%s.%N) $start" | awk '{ print $1 - $2, 0, 0, 0 }' >"$bench/time"
    fi
}

cc -std=c17 -D_GNU_SOURCE -O2 -o "$bench/make_contacts" $here/make_contacts.c || exit 70
"$bench/make_contacts" "$rows" >"$bench/contacts.csv" && cp $here/contacts.yaml "$bench/study.yaml" || exit 74
export build bench here

table=$bench/table.md
first= status=0
{
    bench_head "$rows contacts, 14 columns, 4 regions, 8 quarters, by channel and segment" "$bench/contacts.csv"
    echo '| program | seconds | times etalon, one thread | processor seconds | peak MB | largest relative difference |'
    echo '|---|---|---|---|---|---|'
} >"$table"
echo "$peers" | while IFS='|' read -r name needs command answers; do
    name=$(echo "$name" | sed 's/ *$//') answers=$(echo $answers)
    [ -n "$name" ] || continue
    if ! eval "$needs" >/dev/null 2>&1; then
        echo "| $name | not installed | | | | |" >>"$table"
        continue
    fi
    best= memory= work=
    for _ in $(seq "$times"); do
        measure "$command" || exit 70
        best=$({ cat "$bench/time"; echo "$best"; } | awk 'NF && (!n++ || $1 < least) { least = $1 } END { print least }')
        work=$({ cat "$bench/time"; echo "0 0 $work 0"; } | awk '$3 != "" && NF > 3 && (!n++ || $3 + $4 < least) { least = $3 + $4 } END { print least }')
        memory=$(cut -d ' ' -f 2 "$bench/time")
    done
    [ -n "$first" ] || first=$best
    [ "$answers" = ours ] && ours
    off=
    [ "$answers" = none ] || off=$(differ "$answers")
    echo "$best $first $memory $work" | awk -v name="$name" -v off="$off" \
        '{ printf "| %s | %.2f | %.2f | %.2f | %.0f | %s |\n", name, $1, $1 / $2, $4, $3 / 1024, off }' >>"$table"
    [ "$answers" = none ] || echo "$off" | awk '{ exit !($1 < 1e-9) }' || { echo "$name: other answers, $off" >&2; exit 1; }
done || status=$?
cat "$table"
[ "$status" = 0 ] && [ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
exit "$status"
