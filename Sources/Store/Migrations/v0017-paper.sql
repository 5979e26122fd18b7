-- Versions of papers that were printed: content and number never change.
CREATE TABLE printed_paper (
    round     TEXT NOT NULL REFERENCES round (id),
    subject   TEXT NOT NULL CHECK (subject <> ''),
    kind      TEXT NOT NULL CHECK (kind IN ('declaration', 'commitment', 'letter', 'summary', 'checklist', 'marks',
                                            'site-check', 'panel', 'notice', 'annex')),
    number    INTEGER NOT NULL CHECK (number >= 1),
    digest    BLOB NOT NULL CHECK (length(digest) = 32),
    content   TEXT NOT NULL CHECK (json_valid(content)),
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, subject, kind, number),
    UNIQUE (round, subject, kind, digest)
) STRICT, WITHOUT ROWID;

-- Scans of stamped papers; the latest of a subject and kind counts, earlier ones stay.
CREATE TABLE stamped_scan (
    id       INTEGER PRIMARY KEY,
    round    TEXT NOT NULL,
    subject  TEXT NOT NULL,
    kind     TEXT NOT NULL,
    number   INTEGER NOT NULL,
    file     BLOB NOT NULL CHECK (length(file) = 32),
    name     TEXT NOT NULL CHECK (name <> ''),
    type     TEXT NOT NULL CHECK (type IN ('pdf', 'jpg', 'png')),
    size     INTEGER NOT NULL CHECK (size > 0),
    state    TEXT NOT NULL CHECK (state IN ('read', 'unread', 'confirmed')),
    reason   TEXT NOT NULL,
    account  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    CHECK (state <> 'confirmed' OR reason <> ''),
    FOREIGN KEY (round, subject, kind, number) REFERENCES printed_paper (round, subject, kind, number)
) STRICT;

CREATE INDEX stamped_scan_by_subject ON stamped_scan (round, subject, kind, id);

-- What was said about rows of negative lists; the last decision counts.
CREATE TABLE eligibility_word (
    id       INTEGER PRIMARY KEY,
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    list     TEXT NOT NULL CHECK (list <> ''),
    row      INTEGER NOT NULL CHECK (row >= 1),
    act      TEXT NOT NULL CHECK (act IN ('answer', 'unblock', 'block')),
    reason   TEXT NOT NULL CHECK (reason <> ''),
    evidence TEXT NOT NULL,
    account  TEXT NOT NULL,
    at_ms    INTEGER NOT NULL,
    CHECK (act <> 'unblock' OR evidence <> ''),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT;

CREATE INDEX eligibility_word_by_platform ON eligibility_word (round, platform, id);

-- Companies are looked up in negative lists for every page of theirs.
CREATE INDEX official_list_row_by_code ON official_list_row (json_extract(content, '$.code'));
CREATE INDEX official_list_row_by_company ON official_list_row (json_extract(content, '$.company'));
