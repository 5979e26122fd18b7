-- The secret under which identifiers become 128-bit keys: one an installation.
CREATE TABLE port_seed (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    seed BLOB NOT NULL CHECK (length(seed) = 16)
) STRICT;

CREATE TABLE port_key (
    id            TEXT PRIMARY KEY CHECK (id <> ''),
    round         TEXT NOT NULL,
    platform      TEXT NOT NULL,
    name          TEXT NOT NULL CHECK (name <> ''),
    is_sandbox    INTEGER NOT NULL CHECK (is_sandbox IN (0, 1)),
    digest        BLOB NOT NULL CHECK (length(digest) = 32),
    created_at_ms INTEGER NOT NULL,
    created_by    TEXT NOT NULL,
    revoked_at_ms INTEGER,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX port_key_by_platform ON port_key (round, platform);

-- A whole set on a day, stated in one or more batches.
CREATE TABLE port_snapshot (
    id              INTEGER PRIMARY KEY,
    round           TEXT NOT NULL,
    platform        TEXT NOT NULL,
    kind            INTEGER NOT NULL,
    date            TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    completed_at_ms INTEGER,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE UNIQUE INDEX port_snapshot_open ON port_snapshot (round, platform, kind, date) WHERE completed_at_ms IS NULL;
CREATE INDEX port_snapshot_by_kind ON port_snapshot (round, platform, kind, date);

-- One row an acknowledged batch; the receipt is kept as it was given.
CREATE TABLE port_batch (
    position        INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE CHECK (id <> ''),
    round           TEXT NOT NULL,
    platform        TEXT NOT NULL,
    port_key        TEXT NOT NULL REFERENCES port_key (id),
    idempotency_key TEXT NOT NULL CHECK (idempotency_key <> ''),
    request_digest  BLOB NOT NULL CHECK (length(request_digest) = 32),
    content_digest  BLOB NOT NULL CHECK (length(content_digest) = 32),
    snapshot        INTEGER REFERENCES port_snapshot (id),
    accepted        INTEGER NOT NULL CHECK (accepted >= 0),
    rejected        INTEGER NOT NULL CHECK (rejected >= 0),
    late            INTEGER NOT NULL CHECK (late BETWEEN 0 AND accepted),
    late_reason     TEXT CHECK (late_reason <> ''),
    received_at_ms  INTEGER NOT NULL,
    log_index       INTEGER NOT NULL REFERENCES audit_log (position) DEFERRABLE INITIALLY DEFERRED,
    receipt         TEXT NOT NULL,
    voided_at_ms    INTEGER,
    void_reason     TEXT CHECK ((void_reason IS NULL) = (voided_at_ms IS NULL)),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE UNIQUE INDEX port_batch_by_idempotency ON port_batch (round, platform, idempotency_key);
CREATE INDEX port_batch_by_platform ON port_batch (round, platform, position);
CREATE INDEX port_batch_by_key ON port_batch (port_key, received_at_ms);
CREATE INDEX port_batch_by_snapshot ON port_batch (snapshot) WHERE snapshot IS NOT NULL;

-- Sorted sets of facts, format HRUN: one a batch, kind and day; stocks and snapshots under day -2147483648.
CREATE TABLE port_run (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    batch    INTEGER NOT NULL REFERENCES port_batch (position),
    rows     INTEGER NOT NULL CHECK (rows > 0),
    bytes    BLOB NOT NULL CHECK (length(bytes) >= 28),
    PRIMARY KEY (round, platform, kind, day, batch)
) STRICT;

CREATE INDEX port_run_by_batch ON port_run (batch);

CREATE TABLE port_reject (
    batch  INTEGER NOT NULL REFERENCES port_batch (position),
    line   INTEGER NOT NULL CHECK (line > 0),
    code   TEXT NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

-- The platform's own figures 月报.
CREATE TABLE port_summary (
    batch     INTEGER NOT NULL REFERENCES port_batch (position),
    period    TEXT NOT NULL,
    indicator TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (batch, period, indicator)
) STRICT, WITHOUT ROWID;

-- What apps and models are called.
CREATE TABLE port_name (
    batch INTEGER NOT NULL REFERENCES port_batch (position),
    kind  INTEGER NOT NULL,
    key   BLOB NOT NULL CHECK (length(key) = 16),
    id    TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (batch, kind, key)
) STRICT, WITHOUT ROWID;

-- The authority's leave to send after the cut-off; the latest row of a platform counts.
CREATE TABLE port_leave (
    position      INTEGER PRIMARY KEY,
    round         TEXT NOT NULL,
    platform      TEXT NOT NULL,
    until_ms      INTEGER NOT NULL,
    reason        TEXT NOT NULL CHECK (reason <> ''),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;
