-- Evidence files: uploads under way, reading, numbers and texts found, overruled findings.

-- A resumable upload; its pieces stand in the data folder under its id. Finished ones keep the digest they became.
CREATE TABLE upload (
    id            TEXT PRIMARY KEY CHECK (length(id) = 32),
    round         TEXT NOT NULL,
    platform      TEXT NOT NULL,
    indicator     TEXT NOT NULL CHECK (indicator <> ''),
    name          TEXT NOT NULL,
    requirement   TEXT,
    length        INTEGER NOT NULL CHECK (length > 0),
    expected      BLOB CHECK (expected IS NULL OR length(expected) = 32),
    account       TEXT NOT NULL,
    at_ms         INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL CHECK (expires_at_ms > at_ms),
    digest        BLOB CHECK (digest IS NULL OR length(digest) = 32),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE INDEX upload_open ON upload (round, platform) WHERE digest IS NULL;
CREATE INDEX upload_expiry ON upload (expires_at_ms);

-- What reading a file came to. A file of evidence_file without a row here waits to be read: the queue is durable by
-- itself.
CREATE TABLE reading (
    digest BLOB PRIMARY KEY REFERENCES evidence_file (digest),
    state  TEXT NOT NULL CHECK (state IN ('reading', 'read', 'partly', 'unreadable', 'quarantined')),
    -- Pages of the file, 0 while unknown.
    pages  INTEGER NOT NULL CHECK (pages >= 0),
    done   INTEGER NOT NULL CHECK (done >= 0),
    tries  INTEGER NOT NULL CHECK (tries >= 1),
    -- Why it is not read whole: a code of the catalogue, or the name of what a scanner found.
    note   TEXT,
    at_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reading_page (
    digest BLOB NOT NULL REFERENCES reading (digest),
    page   INTEGER NOT NULL CHECK (page >= 1),
    source TEXT NOT NULL CHECK (source IN ('text', 'scan')),
    text   TEXT NOT NULL,
    PRIMARY KEY (digest, page)
) STRICT, WITHOUT ROWID;

-- Numbers of certificates, patents, registrations in their usual writing, as read in files.
CREATE TABLE evidence_number (
    digest BLOB NOT NULL REFERENCES reading (digest),
    form   TEXT NOT NULL,
    number TEXT NOT NULL,
    page   INTEGER NOT NULL CHECK (page >= 1),
    PRIMARY KEY (digest, form, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_number_by_number ON evidence_number (number);

-- Fingerprints of texts: 64 minima of 32 bits, and their 16 bands for finding near ones.
CREATE TABLE text_print (
    digest BLOB PRIMARY KEY REFERENCES reading (digest),
    minima BLOB NOT NULL CHECK (length(minima) = 256)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_band (
    band   INTEGER NOT NULL CHECK (band BETWEEN 0 AND 15),
    hash   INTEGER NOT NULL,
    digest BLOB NOT NULL REFERENCES text_print (digest),
    PRIMARY KEY (band, hash, digest)
) STRICT, WITHOUT ROWID;

-- A reviewer says that a finding does not stand, with a reason; the last word on a finding counts.
CREATE TABLE finding_decision (
    id         INTEGER PRIMARY KEY,
    round      TEXT NOT NULL,
    platform   TEXT NOT NULL,
    indicator  TEXT NOT NULL CHECK (indicator <> ''),
    digest     BLOB NOT NULL CHECK (length(digest) = 32),
    finding    TEXT NOT NULL CHECK (finding <> ''),
    overruled  INTEGER NOT NULL CHECK (overruled IN (0, 1)),
    reason     TEXT NOT NULL CHECK (reason <> ''),
    account    TEXT NOT NULL,
    at_ms      INTEGER NOT NULL,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX finding_decision_by_platform ON finding_decision (round, platform, id);
