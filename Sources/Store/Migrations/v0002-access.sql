CREATE TABLE account (
    id            TEXT PRIMARY KEY CHECK (length(id) BETWEEN 3 AND 64),
    display_name  TEXT NOT NULL CHECK (display_name <> ''),
    company       TEXT CHECK (company IS NULL OR length(company) = 18),
    region        TEXT CHECK (region IS NULL OR region GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]'),
    password      TEXT NOT NULL CHECK (password GLOB '$y$*'),
    created_at_ms INTEGER NOT NULL,
    -- Tries of the password in a row; a success clears them.
    tries         INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    tried_at_ms   INTEGER,
    lock_reason   TEXT CHECK (lock_reason IS NULL OR lock_reason <> ''),
    lock_at_ms    INTEGER CHECK ((lock_at_ms IS NULL) = (lock_reason IS NULL)),
    lock_by       TEXT CHECK ((lock_by IS NULL) = (lock_reason IS NULL))
) STRICT;

CREATE TABLE account_role (
    account TEXT NOT NULL REFERENCES account (id),
    role    TEXT NOT NULL CHECK (role IN (
        'reporter', 'manager', 'county-clerk', 'city-clerk', 'city-head', 'operator', 'approver', 'verifier', 'expert',
        'panel', 'inspector', 'system-administrator', 'security-administrator', 'audit-administrator')),
    PRIMARY KEY (account, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id            TEXT PRIMARY KEY CHECK (length(id) = 16),
    account       TEXT NOT NULL REFERENCES account (id),
    -- SHA-256 of the token; the token itself is nowhere.
    token_digest  BLOB NOT NULL UNIQUE CHECK (length(token_digest) = 32),
    started_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL CHECK (expires_at_ms > started_at_ms),
    ended_at_ms   INTEGER,
    agent         TEXT NOT NULL
) STRICT;

CREATE INDEX session_by_account ON session (account, started_at_ms);
CREATE INDEX session_by_expiry ON session (expires_at_ms);
