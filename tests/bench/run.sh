#!/bin/sh
# Runs the program and its peers on one made-up survey, checks that they give the same means and
# standard errors, prints times and ratios. Usage: run.sh BUILD [record]; ROWS, TIMES as variables.
# `record` adds what was found to RESULTS.md.
build=$1
record=$2
rows=${ROWS:-200000}
times=${TIMES:-3}
here=tests/bench
. tests/bench/common.sh
data=$here/data
bench=$build/bench
mkdir -p "$data" "$bench" || exit 73

# One peer a row: name | what must be there | command. A command reads $data/survey.csv and writes
# region,item,mean,se of every question, by region and in all (ALL), to $means.
# The first row is the one that the others are measured against. The first two compute what R does,
# means and errors (and the differences of regions, from the same sums); the third everything.
peers='
etalon, one thread   | true                         | ours means 1
etalon, all threads  | true                         | ours means "$(nproc)"
etalon, everything   | true                         | ours survey 1
R survey             | Rscript -e "library(survey)" | Rscript $here/survey.R $data/survey.csv $means
'

ours() {
    "$build/etalon" run "$data/$1.yaml" -o "$data/out" -q --formats csv --charts none -j "$2" &&
        awk -F, 'BEGIN { print "region,item,mean,se" }
            $1 == "survey.mean" && $5 == "" { print $3 "," $2 "," $7 "," $8 }' \
            "$data/out/indicators.csv" >"$means"
}

now() { date +%s.%N; }

# Processor seconds of the commands run so far, by what `times` wrote before and after.
spent() {
    cat "$bench/before" "$bench/after" |
        awk 'function seconds(t) { split(t, part, /[ms]/); return part[1] * 60 + part[2] }
            NR % 2 == 0 { sum = seconds($1) + seconds($2) - sum } END { print sum }'
}

# Largest relative difference of two result files; a row that is missing counts as 1.
differ() {
    awk -F, 'FNR == 1 { next }
        FNR == NR { mean[$1, $2] = $3; se[$1, $2] = $4; want++; next }
        { n++; worse($3, mean[$1, $2]); worse($4, se[$1, $2]) }
        function worse(got, aim) { d = aim == 0 ? 1 : (got - aim) / aim; if (d < 0) d = -d; if (d > most) most = d }
        END { if (n != want || !n) most = 1; printf "%.1e\n", most }' "$1" "$2"
}

cc -std=c17 -D_GNU_SOURCE -O2 -I. -o "$bench/make_survey" $here/make_survey.c datasets/random.c || exit 70
"$bench/make_survey" "$rows" >"$data/survey.csv" && cp $here/survey.yaml "$data/" &&
    sed 's/^synthetic: true$/&\nindicators: [survey.mean]/' $here/survey.yaml >"$data/means.yaml" || exit 74

table=$bench/survey.md
first= first_time= status=0
{
    bench_head "$rows respondents, 20 questions, 4 regions, 1,000 offices in 40 strata" "$data/survey.csv"
    echo '| program | seconds | times etalon, one thread | processor seconds | times | largest relative difference |'
    echo '|---|---|---|---|---|---|'
} >"$table"
echo "$peers" | while IFS='|' read -r name needs command; do
    name=$(echo "$name" | sed 's/ *$//')
    [ -n "$name" ] || continue
    if ! eval "$needs" >/dev/null 2>&1; then
        echo "| $name | not installed | | | | |" >>"$table"
        continue
    fi
    means=$bench/means.$(echo "$name" | tr -c 'a-z0-9\n' _).csv
    best='' cpu=''
    for _ in $(seq "$times"); do
        start=$(now)
        times >"$bench/before"
        eval "$command" </dev/null || exit 70
        times >"$bench/after"
        took=$(echo "$(now) $start" | awk '{ print $1 - $2 }')
        best=$(echo "$took $best" | awk '{ print (NF > 1 && $2 < $1) ? $2 : $1 }')
        cpu=$(echo "$(spent) $cpu" | awk '{ print (NF > 1 && $2 < $1) ? $2 : $1 }')
    done
    [ -n "$first" ] || { first=$means first_time=$best first_cpu=$cpu; }
    off=$(differ "$first" "$means")
    echo "$best $first_time $cpu $first_cpu $off" |
        awk -v name="$name" '{ printf "| %s | %.2f | %.1f | %.2f | %.1f | %s |\n", name, $1, $1 / $2, $3, $3 / $4, $5 }' >>"$table"
    echo "$off" | awk '{ exit !($1 < 1e-8) }' || { echo "$name: other answers, $off" >&2; exit 1; }
done || status=$?
cat "$table"
[ "$status" = 0 ] && [ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
exit "$status"
