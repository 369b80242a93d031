#!/bin/sh
# Two quarters of the bundled study compared with `etalon diff`, beside reading the same two files
# with other programs. Usage: diff.sh BUILD [record]; TIMES as a variable.
# `record` adds what was found to RESULTS.md.
build=$1
record=$2
times=${TIMES:-5}
here=tests/bench
. tests/bench/common.sh
bench=$build/bench
mkdir -p "$bench" || exit 73

for quarter in Q3 Q4; do
    "$build/etalon" run datasets/west -o "$bench/diff-$quarter" -q --formats json --charts none \
        --period "2003-04 $quarter" || exit 70
done
old=$bench/diff-Q3/snapshot.json new=$bench/diff-Q4/snapshot.json

# One a row: name | what must be there | command. The first is the one the others are measured
# against; the others only read.
peers='
etalon diff                | true              | "$build/etalon" diff "$old" "$new"
etalon diff, another order | true              | "$build/etalon" diff "$new" "$old"
etalon diff, all as JSON   | true              | "$build/etalon" diff --json "$old" "$new"
jq, reading only           | jq --version      | jq length "$old" "$new"
Python json, reading only  | python3 --version | python3 -c "import json, sys; [json.load(open(p)) for p in sys.argv[1:]]" "$old" "$new"
wc -l                      | true              | wc -l "$old" "$new"
'

now() { date +%s.%N; }
spent() {
    cat "$bench/before" "$bench/after" |
        awk 'function seconds(t) { split(t, part, /[ms]/); return part[1] * 60 + part[2] }
            NR % 2 == 0 { sum = seconds($1) + seconds($2) - sum } END { print sum }'
}

table=$bench/diff.md
first=
{
    bench_head "two quarters of the bundled study compared" "$new"
    echo '| program | seconds | times etalon | processor seconds |'
    echo '|---|---|---|---|'
} >"$table"
echo "$peers" | while IFS='|' read -r name needs command; do
    name=$(echo "$name" | sed 's/ *$//')
    [ -n "$name" ] || continue
    if ! eval "$needs" >/dev/null 2>&1; then
        echo "| $name | not installed | | |" >>"$table"
        continue
    fi
    best='' cpu=''
    for _ in $(seq "$times"); do
        start=$(now)
        times >"$bench/before"
        eval "$command" </dev/null >/dev/null || exit 70
        times >"$bench/after"
        took=$(echo "$(now) $start" | awk '{ print $1 - $2 }')
        best=$(echo "$took $best" | awk '{ print (NF > 1 && $2 < $1) ? $2 : $1 }')
        cpu=$(echo "$(spent) $cpu" | awk '{ print (NF > 1 && $2 < $1) ? $2 : $1 }')
    done
    [ -n "$first" ] || first=$best
    echo "$best $first $cpu" |
        awk -v name="$name" '{ printf "| %s | %.3f | %.1f | %.2f |\n", name, $1, $1 / $2, $3 }' >>"$table"
done || exit $?
cat "$table"
[ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
exit 0
