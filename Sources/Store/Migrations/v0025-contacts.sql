-- Who objects and how experts are reached, under the personal key. What was kept in clear before waits in
-- objector_clear and in expert.contact until the server has sealed it at its next start.
ALTER TABLE objector RENAME TO objector_clear;

CREATE TABLE objector (
    objection TEXT PRIMARY KEY REFERENCES objection (id),
    sealed    BLOB NOT NULL CHECK (length(sealed) > 32)
) STRICT;

ALTER TABLE expert ADD COLUMN sealed BLOB;

-- The code that proves a mail address: its salted digest, and sealed the code itself until the relay has taken it.
DROP TABLE objection_code;
CREATE TABLE objection_code (
    objection   TEXT PRIMARY KEY REFERENCES objection (id),
    salt        BLOB NOT NULL CHECK (length(salt) = 16),
    digest      BLOB NOT NULL CHECK (length(digest) = 32),
    tries       INTEGER NOT NULL CHECK (tries >= 0),
    runs_out_ms INTEGER NOT NULL,
    sealed      BLOB CHECK ((sealed IS NOT NULL) = (state = 'waiting')),
    language    TEXT NOT NULL CHECK (language <> ''),
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
    asked       INTEGER NOT NULL CHECK (asked >= 1),
    asked_at_ms INTEGER NOT NULL,
    sent_at_ms  INTEGER CHECK ((sent_at_ms IS NOT NULL) = (state = 'sent')),
    attempts    INTEGER NOT NULL CHECK (attempts >= 0),
    next_at_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX objection_code_waiting ON objection_code (next_at_ms) WHERE state = 'waiting';

-- Deletions know two more kinds; contacts of experts belong to no platform.
ALTER TABLE deletion RENAME TO deletion_before;
CREATE TABLE deletion (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL REFERENCES round (id),
    what      TEXT NOT NULL CHECK (what IN ('personal-list', 'port-rows', 'objectors', 'expert-contacts')),
    platform  TEXT NOT NULL CHECK (platform <> '' OR what = 'expert-contacts'),
    indicator TEXT NOT NULL DEFAULT '',
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    digest    BLOB NOT NULL CHECK (length(digest) = 32),
    at_ms     INTEGER NOT NULL,
    log_index INTEGER NOT NULL CHECK (log_index >= 0),
    UNIQUE (round, what, platform, indicator)
) STRICT;
INSERT INTO deletion SELECT * FROM deletion_before;
DROP TABLE deletion_before;
