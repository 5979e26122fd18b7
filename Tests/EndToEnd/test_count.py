"""`heng count` against a plain Python set: every way in, every boundary, spilled and not."""

import gzip
import json
import os
import pathlib
import random
import shutil
import subprocess

import pytest

HENG = os.environ.get("HENG_BINARY") or str(pathlib.Path(__file__).resolve().parents[2] / ".build/release/heng")
CHUNK = 256 * 1024
LONGEST = 256 * 1024


def count(*arguments, stdin=None):
    return subprocess.run([HENG, "count", *map(str, arguments)], capture_output=True, input=stdin, timeout=300)


def rows(number, seed, width=0):
    """Lines, and what must be counted of them."""
    rnd = random.Random(seed)
    lines, distinct, records = [], {}, {}
    for _ in range(number):
        platform = f"P{rnd.randrange(5)}"
        device = f"{rnd.randrange(number // 2)}-数控"
        padding = "x" * rnd.randrange(width) if width else ""
        order = [f'"platform":"{platform}"', '"kind":"device"', f'"id":"{device}"', f'"ts":{1761926400 + rnd.randrange(10**6)}']
        if padding:
            order.append(f'"region":"{padding}"')
        if rnd.random() < 0.2:
            rnd.shuffle(order)
        lines.append(("{" + ",".join(order) + "}").encode())
        distinct.setdefault(platform, set()).add(device)
        records[platform] = records.get(platform, 0) + 1
    expected = [
        {"platform": name, "kind": "device", "records": records[name], "distinct": len(distinct[name])}
        for name in sorted(records)
    ]
    return lines, expected


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("count")
    lines, expected = rows(60_000, 1)
    plain = folder / "a.ndjson"
    plain.write_bytes(b"\n".join(lines) + b"\n")
    return folder, plain, lines, expected


def test_a_plain_file(sample):
    _, plain, _, expected = sample
    done = count(plain)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == expected


def test_packed_files_and_standard_input(sample):
    folder, plain, lines, expected = sample
    one = folder / "one.gz"
    one.write_bytes(gzip.compress(plain.read_bytes(), 1))
    several = folder / "several.gz"
    data = plain.read_bytes()
    several.write_bytes(b"".join(gzip.compress(data[at : at + 700_001], 1) for at in range(0, len(data), 700_001)))
    for file in (one, several):
        assert json.loads(count(file).stdout) == expected
    assert json.loads(count("-", stdin=data).stdout) == expected
    assert json.loads(count("-", stdin=gzip.compress(data, 1)).stdout) == expected
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "-f", plain, "-o", folder / "a.zst"], check=True)
        assert json.loads(count(folder / "a.zst").stdout) == expected


def test_a_packed_file_cut_short_is_no_count(sample):
    folder, plain, _, _ = sample
    cut = folder / "cut.gz"
    cut.write_bytes(gzip.compress(plain.read_bytes(), 1)[:-9])
    done = count(cut)
    assert done.returncode != 0 and not done.stdout


def test_several_files_are_one_count(sample):
    folder, _, lines, expected = sample
    parts = [folder / f"part{place}" for place in range(4)]
    for place, part in enumerate(parts):
        data = b"\n".join(lines[place::4])
        part.write_bytes(data if place % 2 else gzip.compress(data))
    assert json.loads(count(*parts).stdout) == expected


def test_little_memory_gives_the_same_count(tmp_path):
    lines, expected = rows(900_000, 2)
    file = tmp_path / "b.ndjson"
    file.write_bytes(b"\n".join(lines))
    plenty, little = count(file), count("--memory", "16MiB", file)
    assert json.loads(plenty.stdout) == expected
    assert json.loads(little.stdout) == expected


@pytest.mark.parametrize("packed", [False, True])
def test_lines_that_straddle_chunks_are_read_once_and_named_by_their_number(tmp_path, packed):
    rnd = random.Random(3)
    lines, expected = rows(4_000, 4, width=2_000)
    wrong = sorted(rnd.sample(range(len(lines)), 60))
    for shift, place in enumerate(wrong):
        lines.insert(place + shift, b'{"kind":"device","broken":' + b"y" * rnd.randrange(200_000) + b"}")
    numbers = [place + shift + 1 for shift, place in enumerate(wrong)]
    data = b"\r\n".join(lines)
    assert len(data) > 8 * CHUNK
    file = tmp_path / "c"
    file.write_bytes(gzip.compress(data, 1) if packed else data)
    done = count("--lang", "en", file)
    assert done.returncode == 1
    assert json.loads(done.stdout) == expected
    text = done.stderr.decode()
    assert [number for number in numbers if f"{file} line {number}: " not in text] == [], text[:600]


@pytest.mark.parametrize("offset", range(-3, 4))
def test_a_line_feed_at_the_very_edge_of_a_chunk(tmp_path, offset):
    row = b'{"platform":"P","kind":"device","ts":1762128000,"id":"%s"}'
    first = row % (b"a" * 20)
    filler = b" " * (CHUNK + offset - len(first) - 1)
    file = tmp_path / "d"
    file.write_bytes(first + filler + b"\n" + row % b"b" + b"\n" + row % b"c")
    done = count(file)
    answer = json.loads(done.stdout)
    taken = 3 if CHUNK + offset - 1 <= LONGEST else 2
    assert answer[0]["records"] == taken and answer[0]["distinct"] == taken


def test_a_row_longer_than_any_buffer_costs_itself_only(tmp_path):
    row = b'{"platform":"P","kind":"device","ts":1762128000,"id":"%d"}'
    data = row % 1 + b"\n" + b"z" * 3_000_000 + b"\n" + row % 2 + b"\n"
    for name, content in (("e", data), ("e.gz", gzip.compress(data))):
        file = tmp_path / name
        file.write_bytes(content)
        done = count(file)
        assert json.loads(done.stdout)[0]["distinct"] == 2
        assert done.returncode == 1
