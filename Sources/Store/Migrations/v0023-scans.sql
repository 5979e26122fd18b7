-- A scan is kept before it is read: it waits, and one that shows something else is refused while the one before it counts.
CREATE TABLE stamped_scan_new (
    id       INTEGER PRIMARY KEY,
    round    TEXT NOT NULL,
    subject  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    number   INTEGER NOT NULL,
    file     BLOB NOT NULL CHECK (length(file) = 32),
    name     TEXT NOT NULL CHECK (name <> ''),
    type     TEXT NOT NULL CHECK (type IN ('pdf', 'jpg', 'png')),
    size     INTEGER NOT NULL CHECK (size > 0),
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'read', 'unread', 'confirmed', 'refused')),
    reason   TEXT NOT NULL,
    -- other-paper, other-version, other-version:7
    refusal  TEXT CHECK (refusal <> ''),
    account  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    CHECK (state <> 'confirmed' OR reason <> ''),
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    FOREIGN KEY (round, subject, kind, number) REFERENCES printed_paper (round, subject, kind, number)
) STRICT;

INSERT INTO stamped_scan_new (id, round, subject, kind, number, file, name, type, size, state, reason, account, at_ms)
SELECT id, round, subject, kind, number, file, name, type, size, state, reason, account, at_ms FROM stamped_scan;

DROP TABLE stamped_scan;
ALTER TABLE stamped_scan_new RENAME TO stamped_scan;

CREATE INDEX stamped_scan_by_subject ON stamped_scan (round, subject, kind, id);
CREATE INDEX stamped_scan_waiting ON stamped_scan (id) WHERE state = 'waiting';
