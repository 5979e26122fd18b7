-- Official lists as they were imported; nothing in them changes afterwards except that they may be withdrawn.
CREATE TABLE official_list (
    id              INTEGER PRIMARY KEY,
    round           TEXT NOT NULL REFERENCES round (id),
    list            TEXT NOT NULL CHECK (list <> ''),
    header          TEXT NOT NULL CHECK (json_valid(header)),
    indicator       TEXT CHECK (indicator <> ''),
    digest          BLOB NOT NULL CHECK (length(digest) = 32),
    row_count       INTEGER NOT NULL CHECK (row_count >= 0),
    file            BLOB NOT NULL,
    account         TEXT NOT NULL,
    at_ms           INTEGER NOT NULL,
    log_index       INTEGER NOT NULL CHECK (log_index >= 0),
    -- Deletion is a state.
    withdrawn_at_ms INTEGER,
    UNIQUE (round, list)
) STRICT;

CREATE INDEX official_list_by_indicator ON official_list (round, indicator) WHERE withdrawn_at_ms IS NULL;

CREATE TABLE official_list_row (
    list    INTEGER NOT NULL REFERENCES official_list (id),
    number  INTEGER NOT NULL CHECK (number >= 1),
    content TEXT NOT NULL CHECK (json_valid(content)),
    PRIMARY KEY (list, number)
) STRICT, WITHOUT ROWID;

-- What lists and the registry said of each platform last, with every sentence.
CREATE TABLE matched_awards (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL CHECK (indicator <> ''),
    content   TEXT NOT NULL CHECK (json_valid(content)),
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, platform, indicator),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;
