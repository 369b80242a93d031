#!/bin/sh
# Runs every test program of a build folder from the project's root and sums up what they said.
# Usage: tests/run_tests.sh BUILD
build=$1
failed=
passed=0
log=$build/tests.log
: >"$log"
for test in "$build"/tests/test_*; do
    case $test in *.o | *.d) continue ;; esac
    if "$test" >"$build/one.log" 2>&1; then
        grep '^\[  PASSED  \]' "$build/one.log" | sed "s|\$| ($(basename "$test"))|"
    else
        failed="$failed $(basename "$test")"
        cat "$build/one.log"
    fi
    count=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$build/one.log" | tail -n 1)
    passed=$((passed + ${count:-0}))
    cat "$build/one.log" >>"$log"
done
if [ -n "$failed" ]; then
    echo "failed:$failed"
    exit 1
fi
echo "[==========] all test programs passed"
echo "[  PASSED  ] $passed test(s)."
