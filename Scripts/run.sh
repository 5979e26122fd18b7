#!/usr/bin/env bash
# Starts the server on DATA and, the first time, drives the demonstration round through its public interfaces.
# Usage: run.sh DATA PORT SEED
set -euo pipefail
cd "$(dirname "$0")/.."
data=$1 port=$2 seed=$3
heng=.build/release/heng
say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
export HENG_ADMIN_PASSWORD=${HENG_ADMIN_PASSWORD:-heng-demo-2025} SWIFT_BACKTRACE=enable=no
address="http://127.0.0.1:$port"

"$heng" serve --data "$data" --port "$port" --schemes Schemes --registry "http://127.0.0.1:$((port + 1))" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null' EXIT INT TERM
for _ in $(seq 100); do
    curl -fsS -o /dev/null "$address/api/v1/rounds" 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || { echo "The server did not start; see its message above." >&2; exit 3; }
    sleep 0.1
done
if [ ! -e "$data/demonstration-complete" ]; then
    say "Driving the demonstration round (seed $seed); it resumes where it stopped if you interrupt it"
    if "$heng" demo --server "$address" --seed "$seed"; then
        touch "$data/demonstration-complete"
    else
        say "The demonstration stopped before its end (see above); the server runs on, and the next \`make run\` resumes it"
    fi
fi
cat >&2 <<TEXT

  衡 Heng  $address/
  结果 Result            $address/
  登录 Sign in           $address/sign-in
    省工信 operator      operator  / $HENG_ADMIN_PASSWORD
    省工信 approver      approver  / $HENG_ADMIN_PASSWORD
    企业 company         p01-manager / $HENG_ADMIN_PASSWORD
    系统管理员 admin     admin     / $HENG_ADMIN_PASSWORD
  数据 Data folder       $data   (kept; delete it to start anew)
  停止 Stop              Ctrl-C
TEXT
wait "$server"
