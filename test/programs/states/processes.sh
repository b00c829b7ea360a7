# Processes of many kinds: processes.sh LOG NODE [PYTHON]. Each tells the log, with shell built-ins alone, who it is, who
# its parent is, and how it is going to end. None is shorter than a few looks from outside.

LOG=$1 NODE=$2 PYTHON=$3
HERE=${0%/*}

tell() { # NAME END
  read -r pid _ _ ppid _ </proc/self/stat
  echo "$pid $ppid $1 $2" >>"$LOG"
}
has_told() { # NAME
  while read -r _ _ name _; do
    [ "$name" = "$1" ] && return 0
  done <"$LOG"
  return 1
}
nap() { # SECONDS
  (
    tell nap 0
    exec sleep "$1"
  )
}

tell script 5

( tell subshell 3; nap 0.1; exit 3 )

( tell first 0; exec sleep 0.15 ) | ( tell second 0; exec cat ) | ( tell third 4; nap 0.1; exit 4 )

( tell background 0; exec sleep 0.5 ) &

# One process that becomes three programs.
( tell becomes 6; nap 0.1; exec sh -c 'exec "$0" -e "setTimeout(() => process.exit(6), 100)"' "$NODE" )

( tell missing 127; nap 0.1; exec /nonexistent/command ) 2>/dev/null

( tell killed SIGKILL; exec sleep 10 ) &
killed=$!
( tell terminated SIGTERM; exec sleep 10 ) &
terminated=$!
until has_told killed && has_told terminated; do nap 0.1; done
nap 0.1
kill -KILL "$killed"
kill -TERM "$terminated"

# Its parent is gone before it.
( tell parent 0; ( tell orphan 0; exec sleep 0.5 ) & nap 0.1 )

"$NODE" "$HERE/family.js" "$LOG"
[ -z "$PYTHON" ] || "$PYTHON" "$HERE/family.py" "$LOG"

wait
exit 5
