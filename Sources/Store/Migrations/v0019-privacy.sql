-- personal data
-- The part of a list row that tells of a person: AES-256-GCM under a key outside the data folder.
ALTER TABLE item ADD COLUMN sealed BLOB;

-- What was deleted on schedule: how much, and the digest by which its holder can still prove what it was.
CREATE TABLE deletion (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL REFERENCES round (id),
    what      TEXT NOT NULL CHECK (what IN ('personal-list', 'port-rows')),
    platform  TEXT NOT NULL CHECK (platform <> ''),
    indicator TEXT NOT NULL DEFAULT '',
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    digest    BLOB NOT NULL CHECK (length(digest) = 32),
    at_ms     INTEGER NOT NULL,
    log_index INTEGER NOT NULL CHECK (log_index >= 0),
    UNIQUE (round, what, platform, indicator)
) STRICT;
