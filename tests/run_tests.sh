#!/bin/sh
# Runs every test program of a build folder from the project's root, as many at a time as there are
# cores, and sums up what they said. Usage: tests/run_tests.sh BUILD
build=$1
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
programs=$(find "$build/tests" -maxdepth 1 -name 'test_*' ! -name '*.*' | sort)
echo "$programs" | xargs -P "$cores" -I '{}' sh -c '"$1" >"$1.log" 2>&1; echo $? >"$1.status"' run '{}'
failed=
passed=0
for program in $programs; do
    name=$(basename "$program")
    if [ "$(cat "$program.status")" = 0 ]; then
        grep '^\[  \(PASSED\|SKIPPED\)  \]' "$program.log" | sed "s|\$| ($name)|"
    else
        failed="$failed $name"
        cat "$program.log"
    fi
    count=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$program.log" | tail -n 1)
    passed=$((passed + ${count:-0}))
done
if [ -n "$failed" ]; then
    echo "failed:$failed"
    exit 1
fi
echo "[==========] all test programs passed"
echo "[  PASSED  ] $passed test(s)."
