-- The declared side of cells. A changed row leaves its predecessor in declaration_past.
CREATE TABLE declaration (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    figures   TEXT NOT NULL CHECK (json_valid(figures)),
    account   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    version   INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, platform, indicator),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE declaration_past (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL,
    version   INTEGER NOT NULL,
    figures   TEXT NOT NULL,
    account   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, platform, indicator, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER declaration_kept AFTER UPDATE ON declaration BEGIN
    INSERT INTO declaration_past (round, platform, indicator, version, figures, account, at_ms)
    VALUES (old.round, old.platform, old.indicator, old.version, old.figures, old.account, old.at_ms);
END;

-- Item lists: every version with its rows; the present one is the highest.
CREATE TABLE item_list (
    id        INTEGER PRIMARY KEY,
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    version   INTEGER NOT NULL CHECK (version >= 1),
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    account   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    UNIQUE (round, platform, indicator, version),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE TABLE item (
    list   INTEGER NOT NULL REFERENCES item_list (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;

-- Evidence: bytes stand in the data folder under their digest, each once.
CREATE TABLE evidence_file (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    type   TEXT NOT NULL CHECK (type IN ('pdf', 'jpg', 'png', 'docx', 'xlsx')),
    size   INTEGER NOT NULL CHECK (size > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id            INTEGER PRIMARY KEY,
    round         TEXT NOT NULL,
    platform      TEXT NOT NULL,
    indicator     TEXT NOT NULL CHECK (indicator <> ''),
    digest        BLOB NOT NULL REFERENCES evidence_file (digest),
    requirement   TEXT,
    name          TEXT NOT NULL CHECK (name <> ''),
    account       TEXT NOT NULL,
    at_ms         INTEGER NOT NULL,
    -- Deletion is a state.
    removed_at_ms INTEGER,
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX evidence_by_cell ON evidence (round, platform, indicator) WHERE removed_at_ms IS NULL;
CREATE INDEX evidence_by_digest ON evidence (digest) WHERE removed_at_ms IS NULL;
