-- Keys whose signatures under a platform's requests are believed (RFC 9421).
CREATE TABLE port_signing_key (
    id            TEXT PRIMARY KEY CHECK (id <> ''),
    round         TEXT NOT NULL,
    platform      TEXT NOT NULL,
    name          TEXT NOT NULL CHECK (name <> ''),
    algorithm     TEXT NOT NULL CHECK (algorithm IN ('ed25519', 'hmac-sha256')),
    -- The public key of ed25519; the sealed secret of hmac-sha256.
    material      BLOB NOT NULL CHECK (length(material) >= 32),
    created_at_ms INTEGER NOT NULL,
    created_by    TEXT NOT NULL,
    revoked_at_ms INTEGER,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX port_signing_key_by_platform ON port_signing_key (round, platform);

-- The key that signed a batch; null for a batch that came under its bearer key alone.
ALTER TABLE port_batch ADD COLUMN signing_key TEXT REFERENCES port_signing_key (id);
