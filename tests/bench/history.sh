#!/bin/sh
# How large a history of forty quarters gets: the bundled study's eight quarters, five times over
# with other answers (one in five of the ratings is drawn anew, seeded), each kept in one history.
# They are kept as drafts, since the same quarter with other answers of a few would be refused.
# Usage: history.sh BUILD [record]
build=$1
record=$2
here=tests/bench
times=1
. tests/bench/common.sh
bench=$build/bench
work=$bench/history
rm -rf "$work" && mkdir -p "$work" && cp -R datasets/west "$work/study" || exit 73

# Ratings from 1 to 5 only; regions, dates, weights and what is missing stay.
perturb() { # SEED FILE
    awk -F, -v OFS=, -v seed="$1" 'BEGIN { srand(seed) }
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "overall") first = i }
        NR > 1 { for (i = first; i <= NF; i++) if ($i ~ /^[1-5]$/ && rand() < 0.2) $i = 1 + int(5 * rand()) }
        { print }' "datasets/west/$2" >"$work/study/$2"
}

for seed in 1 2 3 4 5; do
    for file in datasets/west/survey-*.csv; do
        perturb "$seed" "${file##*/}" || exit 74
    done
    for period in '2002-03 Q1' '2002-03 Q2' '2002-03 Q3' '2002-03 Q4' '2003-04 Q1' '2003-04 Q2' '2003-04 Q3' '2003-04 Q4'; do
        "$build/etalon" run "$work/study" -o "$work/out" -q --formats json --charts none --period "$period" \
            --history "$work/h.db" --draft 2>/dev/null || exit 70
    done
done

start=$(date +%s.%N)
releases=$("$build/etalon" history "$work/h.db" list | tail -n +2 | wc -l)
took=$(echo "$(date +%s.%N) $start" | awk '{ printf "%.2f", $1 - $2 }')
table=$bench/history.md
{
    bench_head "a history of $releases quarters of the bundled study" "$work/h.db"
    echo "Its snapshots are of $(($(wc -c <"$work/out/snapshot.json") / 1000000)) MB each; the history has $(($(wc -c <"$work/h.db") / 1000000)) MB. Opening it, with every checksum, takes $took s."
} >"$table"
cat "$table"
[ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
[ "$(wc -c <"$work/h.db")" -lt 50000000 ]
