#!/bin/sh
# Opens the reports of the bundled and of the hostile study in headless Chromium: run.sh BUILD.
# Without Chromium, Node or the registry it says so and passes: `make check` does not need them.
set -eu
build=$1
here=$(cd "$(dirname "$0")" && pwd)
skip() {
    echo "skipped: $1"
    exit 0
}
chromium=$(command -v chromium || command -v chromium-browser || true)
[ -n "$chromium" ] || skip "no chromium (Debian: apt-get install chromium)"
command -v node >/dev/null && command -v npm >/dev/null ||
    skip "no node or npm (Debian: apt-get install nodejs npm)"

sum=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/etalon/browser-$sum
if [ ! -f "$cache/ready" ]; then
    mkdir -p "$cache"
    cp "$here/package.json" "$here/package-lock.json" "$cache/"
    (cd "$cache" && npm ci --ignore-scripts --no-audit --no-fund --silent) ||
        skip "the packages of tests/browser cannot be fetched"
    touch "$cache/ready"
fi

made=$build/browser
mkdir -p "$made"
rm -rf "$made/study"
cp -R tests/injection "$made/study"
mv "$made/study/answers.csv" "$made/study/'; touch PWN; <script>alert(1)< answers.csv"
"$build/etalon" run datasets/west -o "$made/west" -q --progress never
"$build/etalon" run "$made/study" -o "$made/injection" -q --progress never
if find "$made" -name PWN | grep -q . || [ -e PWN ]; then
    echo "FAILED: text was run as a command"
    exit 1
fi
CHROMIUM=$chromium PACKAGES=$cache node "$here/reports.mjs" "$made/west" "$made/injection"
