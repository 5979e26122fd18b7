#!/usr/bin/env bash
# Fetches third-party browser assets out of PyPI wheels, pinned by SHA-256. Usage: fetch-assets.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-Assets/vendor}
say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }

# name | wheel | SHA-256 of the file | path in the wheel
assets=(
    "echarts.min.js|panel==1.9.4|baa8dfe7e1d9336b98e8986ba7e20ea15e7cdbea1ef42a59d59478632fa45a1d|panel/dist/bundled/echarts/echarts@6.0.0/dist/echarts.min.js"
)
mkdir -p "$folder"
for line in "${assets[@]}"; do
    IFS='|' read -r name wheel digest path <<<"$line"
    if [ -e "$folder/$name" ] && echo "$digest  $folder/$name" | sha256sum --check --status; then continue; fi
    say "Fetching $name out of $wheel"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    python3 -m pip download --quiet --disable-pip-version-check --no-deps -d "$work" "$wheel"
    python3 - "$work" "$path" "$folder/$name.part" <<'PYTHON'
import glob, sys, zipfile
folder, path, out = sys.argv[1:]
with zipfile.ZipFile(glob.glob(folder + "/*.whl")[0]) as wheel, open(out, "wb") as file:
    file.write(wheel.read(path))
PYTHON
    if ! echo "$digest  $folder/$name.part" | sha256sum --check --status; then
        rm -f "$folder/$name.part"
        echo "The SHA-256 of $name is not the pinned one; nothing was installed." >&2
        exit 3
    fi
    mv "$folder/$name.part" "$folder/$name"
    rm -rf "$work"
done
