-- The audit log: one row an entry. Leaf and hash stay for ever; committed bytes and salt may be deleted on schedule,
-- which leaves a log that still verifies.
CREATE TABLE audit_log (
    position      INTEGER PRIMARY KEY CHECK (position >= 0),
    kind          TEXT NOT NULL CHECK (kind <> ''),
    actor         TEXT NOT NULL CHECK (actor <> ''),
    at_ms         INTEGER NOT NULL,
    round         TEXT,
    platform      TEXT,
    indicator     TEXT,
    subject_key   TEXT,
    leaf          BLOB NOT NULL,
    leaf_hash     BLOB NOT NULL CHECK (length(leaf_hash) = 32),
    committed     BLOB,
    salt          BLOB,
    reason        TEXT
) STRICT;

CREATE INDEX audit_log_by_cell ON audit_log (round, platform, indicator, position);

-- Hashes of complete subtrees: level 0 are the leaves, node (l, i) covers leaves i·2^l … (i+1)·2^l − 1 (RFC 9162, 2.1.1).
CREATE TABLE merkle_node (
    level    INTEGER NOT NULL CHECK (level >= 0),
    position INTEGER NOT NULL CHECK (position >= 0),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
