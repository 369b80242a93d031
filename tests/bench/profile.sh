#!/bin/sh
# Where a run over made-up contacts spends its time. Usage: profile.sh BUILD; ROWS as variable.
bench=$1/bench/contacts
command -v perf >/dev/null || { echo "perf is missing (Debian: linux-perf)" >&2; exit 69; }
mkdir -p "$bench" || exit 73
cc -std=c17 -D_GNU_SOURCE -O2 -o "$bench/make_contacts" tests/bench/make_contacts.c || exit 70
"$bench/make_contacts" "${ROWS:-1000000}" >"$bench/contacts.csv" && cp tests/bench/contacts.yaml "$bench/study.yaml" || exit 74
perf record -q -o "$bench/perf.data" "$1/etalon" run "$bench" -o "$bench/out" -q --period all --formats csv --charts none -j 1 || exit 70
perf report -i "$bench/perf.data" --no-children --percent-limit 0.5 --stdio 2>/dev/null | grep -v '^#' | grep -v '^$'
