#!/bin/sh
# Sends files of records (NDJSON, one record a line) to Heng's port: packed, with digest, repeated safely until acknowledged.
# Usage: HENG=https://heng.example HENG_KEY=hk_live_… push.sh FILE…
# Needs curl 7.76 or newer, gzip, openssl, split. Exit status 0 when every batch was acknowledged.
set -eu
: "${HENG:?the server, for instance http://127.0.0.1:8080}" "${HENG_KEY:?a port key, hk_live_…}"
[ $# -gt 0 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in "$@"; do
    rm -f "$work"/part-*
    split -l 50000 "$file" "$work/part-"
    for part in "$work"/part-*; do
        # The key is the content's own digest: the same part sent again is the same batch, today or tomorrow.
        key=$(openssl dgst -sha256 -r "$part" | cut -c1-64)
        gzip -nc "$part" >"$work/body.gz"
        digest=$(openssl dgst -sha256 -binary "$work/body.gz" | base64)
        try=0
        while :; do
            status=$(curl -sS -o "$work/answer.json" -D "$work/headers" -w '%{http_code}' "$HENG/port/v1/batches" \
                -H "Authorization: Bearer $HENG_KEY" -H "Idempotency-Key: $key" \
                -H "Content-Type: application/x-ndjson" -H "Content-Encoding: gzip" \
                -H "Content-Digest: sha-256=:$digest:" --data-binary @"$work/body.gz") || status=000
            case $status in
            201) cat "$work/answer.json"; echo; break ;;
            000 | 409 | 429 | 5??)
                try=$((try + 1))
                [ $try -le 8 ] || { echo "$file: no acknowledgement after 8 tries ($status)" >&2; exit 1; }
                wait=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]*\).*/\1/p' "$work/headers" 2>/dev/null | head -n 1)
                sleep "${wait:-$try}" ;;
            *) echo "$file: refused ($status)" >&2; cat "$work/answer.json" >&2; echo >&2; exit 1 ;;
            esac
        done
    done
done
