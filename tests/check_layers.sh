#!/bin/sh
# Holds the includes of the tree against tests/layers.txt.
cd "$(dirname "$0")/.." || exit 1
grep -n '#include' engine/*/*.[ch] metrics/*.[ch] plots/*.[ch] plots/*/*.[ch] datasets/*.[ch] 2>/dev/null |
    awk '
    FNR == NR {
        if ($0 ~ /^#/ || !NF) next
        if ($1 == "door") { for (i = 3; i <= NF; i++) door[$2, $i] = 1; guarded[$2] = 1; next }
        for (i = 1; i <= NF; i++) may[$1, $i] = 1
        next
    }
    {
        split($0, part, ":")
        file = part[1]
        match($0, /["<][^">]*[">]/)
        header = substr($0, RSTART + 1, RLENGTH - 2)
        room = file; sub(/\/[^\/]*$/, "", room)
        seen = header; sub(/\/[^\/]*$/, "", seen)
        if ($0 ~ /#include </) {
            if (guarded[header] && !door[header, file]) { print part[1] ":" part[2] ": " header " is not for this file"; bad = 1 }
        } else if (!may[room, seen] && !may[room, header]) {
            print part[1] ":" part[2] ": " room " may not see " header; bad = 1
        }
    }
    END { exit bad }' tests/layers.txt -
