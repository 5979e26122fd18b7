-- Inventories that platforms committed to: size and Merkle root, never the list.
CREATE TABLE inventory_commitment (
    id              INTEGER PRIMARY KEY,
    round           TEXT NOT NULL,
    platform        TEXT NOT NULL,
    size            INTEGER NOT NULL CHECK (size > 0),
    root            BLOB NOT NULL CHECK (length(root) = 32),
    committed_at_ms INTEGER NOT NULL,
    log_index       INTEGER NOT NULL REFERENCES audit_log (position) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX inventory_commitment_by_platform ON inventory_commitment (round, platform, id);

-- Draws from them, each from a checkpoint that contains the commitment.
CREATE TABLE challenge (
    id              INTEGER PRIMARY KEY,
    commitment      INTEGER NOT NULL REFERENCES inventory_commitment (id),
    round           TEXT NOT NULL,
    platform        TEXT NOT NULL,
    checkpoint_size INTEGER NOT NULL,
    commitment_log_index INTEGER NOT NULL,
    seed            BLOB NOT NULL CHECK (length(seed) = 32),
    drawn_at_ms     INTEGER NOT NULL,
    due_at_ms       INTEGER NOT NULL CHECK (due_at_ms > drawn_at_ms),
    log_index       INTEGER NOT NULL REFERENCES audit_log (position) DEFERRABLE INITIALLY DEFERRED,
    CHECK (checkpoint_size > commitment_log_index)
) STRICT;

CREATE INDEX challenge_by_platform ON challenge (round, platform, id);

CREATE TABLE challenge_leaf (
    challenge      INTEGER NOT NULL REFERENCES challenge (id),
    ordinal        INTEGER NOT NULL CHECK (ordinal >= 0),
    place          INTEGER NOT NULL CHECK (place >= 0),
    is_handed_over INTEGER NOT NULL CHECK (is_handed_over IN (0, 1)),
    verdict        TEXT,
    answer         TEXT CHECK (answer IS NULL OR json_valid(answer)),
    answered_at_ms INTEGER,
    -- SHA-256 of the token in the owner's link.
    token          BLOB UNIQUE CHECK (length(token) = 32),
    PRIMARY KEY (challenge, ordinal),
    UNIQUE (challenge, place),
    CHECK ((verdict IS NULL) = (answer IS NULL) AND (verdict IS NULL) = (answered_at_ms IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf_confirmation (
    id        INTEGER PRIMARY KEY,
    challenge INTEGER NOT NULL,
    ordinal   INTEGER NOT NULL,
    role      TEXT NOT NULL CHECK (role IN ('owner', 'clerk', 'verifier')),
    says      TEXT NOT NULL CHECK (says IN ('yes', 'no', 'unknown')),
    note      TEXT NOT NULL,
    place     TEXT NOT NULL,
    photo     BLOB CHECK (length(photo) = 32),
    account   TEXT,
    at_ms     INTEGER NOT NULL,
    CHECK ((role = 'owner') = (account IS NULL)),
    FOREIGN KEY (challenge, ordinal) REFERENCES challenge_leaf (challenge, ordinal)
) STRICT;

CREATE INDEX leaf_confirmation_by_leaf ON leaf_confirmation (challenge, ordinal, id);
