# What the benches share; read with `.`. Needs $build and $times.

# The head of a table in RESULTS.md: title, machine, size of the file that is read.
bench_head() { # TITLE FILE
    echo "## $(date +%Y-%m-%d): $1"
    echo
    echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, load $(cut -d ' ' -f 1 /proc/loadavg);" \
        "$("$build/etalon" --version); file of $(($(wc -c <"$2") / 1000000)) MB; best of $times."
    echo
}
