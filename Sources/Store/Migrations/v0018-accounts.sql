-- accounts, sign-in and sessions
-- The second step of sign-in (RFC 6238). The secret is sealed under the key of personal data.
CREATE TABLE second_factor (
    account         TEXT PRIMARY KEY REFERENCES account (id),
    secret          BLOB NOT NULL,
    confirmed_at_ms INTEGER,
    -- The last time step whose code was used: no code works twice.
    last_step       INTEGER
) STRICT;

CREATE TABLE recovery_code (
    account    TEXT NOT NULL REFERENCES account (id),
    digest     BLOB NOT NULL CHECK (length(digest) = 32),
    used_at_ms INTEGER,
    PRIMARY KEY (account, digest)
) STRICT, WITHOUT ROWID;
