"""The protobuf form of records, written by Google's own library from the .proto of the repository."""

import gzip
import json
import os
import pathlib
import random
import re
import subprocess

import pytest

descriptor_pb2 = pytest.importorskip("google.protobuf.descriptor_pb2")
from google.protobuf import descriptor_pool, message_factory  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
HENG = os.environ.get("HENG_BINARY") or str(ROOT / ".build/release/heng")
NUMBERS = {"device": 1, "point": 2, "call": 10, "company": 11, "summary": 12}
TYPES = {"string": 9, "int64": 3, "double": 1, "bool": 8}


@pytest.fixture(scope="module")
def record():
    """The class of messages, made from the text of the .proto without a compiler."""
    text = (ROOT / "docs/api/heng.port.v1.proto").read_text()
    file = descriptor_pb2.FileDescriptorProto(name="heng.port.v1.proto", package="heng.port.v1", syntax="proto2")
    # The same bytes as proto3's optional fields, which would need an artificial oneof each.
    kind = file.enum_type.add(name="Kind")
    for name, number in re.findall(r"^  ([A-Z_]+) = (\d+);", text, re.M):
        kind.value.add(name=name, number=int(number))
    message = file.message_type.add(name="Record")
    entry = message.nested_type.add(name="ValuesEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=9, label=1)
    entry.field.add(name="value", number=2, type=9, label=1)
    for type_name, name, number in re.findall(r"^ +(?:optional )?(\S+(?: string>)?) (\w+) = (\d+);", text, re.M):
        field = message.field.add(name=name, number=int(number), label=1)
        if type_name == "Kind":
            field.type, field.type_name = 14, ".heng.port.v1.Kind"
        elif type_name.startswith("map"):
            field.type, field.label, field.type_name = 11, 3, ".heng.port.v1.Record.ValuesEntry"
        else:
            field.type = TYPES[type_name]
    assert len(message.field) == 39
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("heng.port.v1.Record"))


def delimited(message):
    data = message.SerializeToString()
    length, prefix = len(data), b""
    while length > 127:
        prefix += bytes([length & 127 | 128])
        length >>= 7
    return prefix + bytes([length]) + data


def count(*arguments):
    return subprocess.run([HENG, "count", *map(str, arguments)], capture_output=True, timeout=300)


def test_messages_are_counted_like_lines(record, tmp_path):
    rnd = random.Random(5)
    lines, messages = [], []
    for _ in range(50_000):
        row = {"platform": f"P{rnd.randrange(3)}", "ts": 1761926400 + rnd.randrange(10**6)}
        kind = rnd.choice(["device", "point", "call", "company", "summary"])
        match kind:
            case "device":
                row |= {"id": f"设备\"{rnd.randrange(9_000)}\\", "points": rnd.randrange(300), "cloud": "public"}
            case "point":
                row |= {"device": f"{rnd.randrange(900)}", "id": f"t{rnd.randrange(9)}"}
                row |= {"n": rnd.randrange(9), "min": rnd.random(), "max": 2.5e7}
            case "call":
                row |= {"app": f"a{rnd.randrange(90)}", "user": f"u{rnd.randrange(900)}"}
            case "company":
                row |= {"country": "DE", "number": f"{rnd.randrange(5_000)}", "op": "add", "paying": rnd.random() < 0.5}
            case "summary":
                del row["ts"]
                row |= {"period": f"2025-{1 + rnd.randrange(12):02}", "values": {"a": "12.5", "b": "3"}}
        message = record(kind=NUMBERS[kind])
        for name, value in row.items():
            if name == "values":
                message.values.update(value)
            else:
                setattr(message, name, value)
        messages.append(delimited(message))
        if "values" in row:
            row["values"] = {name: float(value) for name, value in row["values"].items()}
        lines.append(json.dumps({"kind": kind} | row, ensure_ascii=rnd.random() < 0.5))
    (tmp_path / "a.ndjson").write_text("\n".join(lines))
    (tmp_path / "a.pb").write_bytes(b"".join(messages))
    (tmp_path / "b.pb.gz").write_bytes(gzip.compress(b"".join(messages)))
    expected = count("--by", "platform,kind,day", tmp_path / "a.ndjson")
    assert expected.returncode == 0, expected.stderr.decode()[:500]
    for file in ("a.pb", "b.pb.gz"):
        done = count("--by", "platform,kind,day", tmp_path / file)
        assert done.returncode == 0, done.stderr.decode()[:500]
        assert json.loads(done.stdout) == json.loads(expected.stdout)


def test_a_wrong_message_is_named_by_its_number(record, tmp_path):
    good = delimited(record(kind=1, platform="P", id="x", ts=1762128000))
    (tmp_path / "c.pb").write_bytes(good + delimited(record(kind=1, platform="P", ts=1)) + b"\x02\xff\xff" + good)
    done = count("--lang", "en", tmp_path / "c.pb")
    assert done.returncode == 1
    assert json.loads(done.stdout) == [{"platform": "P", "kind": "device", "records": 2, "distinct": 1}]
    text = done.stderr.decode()
    assert "line 2: " in text and "line 3: " in text and "line 4" not in text
