CREATE TABLE round (
    id             TEXT PRIMARY KEY CHECK (id <> ''),
    scheme         TEXT NOT NULL,
    scheme_digest  BLOB NOT NULL CHECK (length(scheme_digest) = 32),
    title_zh       TEXT NOT NULL,
    title_en       TEXT NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('production', 'rehearsal', 'demonstration')),
    state          TEXT NOT NULL CHECK (state IN ('preparing', 'open', 'reviewing', 'evaluating', 'panel', 'notice',
                                                  'published', 'archived', 'suspended', 'cancelled')),
    suspended_from TEXT CHECK ((suspended_from IS NULL) = (state <> 'suspended')),
    cut_off        TEXT NOT NULL CHECK (cut_off GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    port_scale     TEXT NOT NULL DEFAULT '{}' CHECK (kind = 'demonstration' OR port_scale = '{}'),
    created_at_ms  INTEGER NOT NULL,
    version        INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE TABLE participation (
    round         TEXT NOT NULL REFERENCES round (id),
    platform      TEXT NOT NULL CHECK (platform <> ''),
    name          TEXT NOT NULL CHECK (name <> ''),
    aliases       TEXT NOT NULL DEFAULT '[]',
    type          TEXT NOT NULL,
    company_code  TEXT NOT NULL CHECK (length(company_code) = 18),
    company_name  TEXT NOT NULL CHECK (company_name <> ''),
    region        TEXT NOT NULL CHECK (length(region) = 6),
    submission    TEXT NOT NULL,
    returned_from TEXT,
    version       INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, platform)
) STRICT, WITHOUT ROWID;

-- An operator with two platforms enters one.
CREATE UNIQUE INDEX participation_by_company ON participation (round, company_code);
