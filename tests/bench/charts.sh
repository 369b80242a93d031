#!/bin/sh
# What a whole run costs beside its pictures: the bundled study with every chart, both languages and
# all files, against gnuplot alone with the same scripts, one after the other. With all pictures at
# most twice the time, else exit 1. Usage: charts.sh BUILD [record]; TIMES as a variable. `record`
# adds what was found to RESULTS.md.
build=$1
record=$2
times=${TIMES:-3}
here=tests/bench
most=2
bench=$(mkdir -p "$build/bench/charts" && cd "$build/bench/charts" && pwd) || exit 73
gnuplot=$(command -v gnuplot) || { echo "charts.sh: gnuplot is not installed" >&2; exit 0; }

# One choice of pictures a row.
choices='svg svg,png svg,png,pdf'

# A gnuplot that stands before the real one on PATH and keeps the scripts of a run, which are there
# until it ends. The program runs without its painter, so that gnuplot is asked for every picture.
keep() {
    rm -rf "${bench:?}/scripts" "${bench:?}/bin"
    mkdir -p "$bench/scripts" "$bench/bin"
    cat >"$bench/bin/gnuplot" <<EOF
#!/bin/sh
cat >'$bench/scripts/loads' && cp draw-*.gp '$bench/scripts' && exec '$gnuplot' "\$@" <'$bench/scripts/loads'
EOF
    chmod +x "$bench/bin/gnuplot"
    cp "$build/etalon" "$bench/bin/" || return 74
    PATH="$bench/bin:$PATH" "$bench/bin/etalon" run datasets/west -o "$bench/out" -q --charts "$1"
}

# Adds "seconds, seconds of CPU" of a command to a file. CPU is 0 where GNU time is not installed.
measure() {
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f '%e %U %S' -o "$bench/time" sh -c "$1" </dev/null || return 70
    else
        start=$(date +%s.%N)
        sh -c "$1" </dev/null || return 70
        echo "$(date +%s.%N) $start" | awk '{ print $1 - $2, 0, 0 }' >"$bench/time"
    fi
    awk '{ print $1, $2 + $3 }' "$bench/time" >>"$2"
}

whole="'$build/etalon' run datasets/west -o '$bench/out' -q --charts"
alone="cd '$bench/drawn' && env -i PATH='$PATH' LC_ALL=C.UTF-8 TZ=UTC HOME=/nonexistent '$gnuplot' -d - <loads >said 2>&1"

best() { sort -n "$1" | head -n 1; }

table=$bench/charts.md
{
    echo "## $(date +%Y-%m-%d): the bundled study, every chart, both languages, all files"
    echo
    echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg);" \
        "$("$build/etalon" --version), $("$gnuplot" --version); best of $times, each after the other. CPU is of all processes."
    echo
    echo '| pictures | number | whole run, s | gnuplot alone, s | times | whole run, CPU s | gnuplot alone, CPU s |'
    echo '|---|---|---|---|---|---|---|'
} >"$table"
status=0
for choice in $choices; do
    keep "$choice" || exit 70
    rm -f "$bench/runs" "$bench/alone"
    for _ in $(seq "$times"); do
        measure "$whole $choice" "$bench/runs" || exit 70
        rm -rf "$bench/drawn" && cp -R "$bench/scripts" "$bench/drawn" || exit 74
        measure "$alone" "$bench/alone" || exit 70
    done
    count=$(find "$bench/drawn" -name 'draw-*' ! -name '*.gp' | wc -l)
    said=$(grep -c 'errno 0$' "$bench/drawn/said")
    [ "$count" = "$said" ] || { echo "charts.sh: gnuplot alone drew $said of $count" >&2; exit 70; }
    echo "$(best "$bench/runs") $(best "$bench/alone")" | awk -v what="$choice" -v n="$count" '
        { printf "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f |\n", what, n, $1, $3, $1 / $3, $2, $4 }' >>"$table"
done
cat "$table"
# Without PNG it is the computing that takes the time, so only the row with every picture is held.
awk -F'|' -v most="$most" '$2 == " svg,png,pdf " { exit !($6 <= most) }' "$table" ||
    { echo "charts.sh: a run takes more than $most times what gnuplot takes" >&2; status=1; }
[ "$status" = 0 ] && [ "$record" = record ] && { echo; cat "$table"; } >>$here/RESULTS.md
exit "$status"
