-- the forms that companies fill in

-- What stands in each field of a form, as typed. A changed row leaves its predecessor in draft_field_past.
CREATE TABLE draft_field (
    round        TEXT NOT NULL,
    platform     TEXT NOT NULL,
    indicator    TEXT NOT NULL CHECK (indicator <> ''),
    figure       TEXT NOT NULL CHECK (figure <> ''),
    text         TEXT NOT NULL CHECK (length(text) <= 200),
    origin       TEXT NOT NULL CHECK (origin IN ('typed', 'copied', 'prefilled', 'imported')),
    source       TEXT NOT NULL,
    is_confirmed INTEGER NOT NULL CHECK (is_confirmed IN (0, 1)),
    edit         TEXT NOT NULL,
    account      TEXT NOT NULL,
    at_ms        INTEGER NOT NULL,
    version      INTEGER NOT NULL CHECK (version >= 1),
    PRIMARY KEY (round, platform, indicator, figure),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_field_past (
    round     TEXT NOT NULL,
    platform  TEXT NOT NULL,
    indicator TEXT NOT NULL,
    figure    TEXT NOT NULL,
    version   INTEGER NOT NULL,
    text      TEXT NOT NULL,
    origin    TEXT NOT NULL,
    edit      TEXT NOT NULL,
    account   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (round, platform, indicator, figure, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER draft_field_kept AFTER UPDATE ON draft_field BEGIN
    INSERT INTO draft_field_past (round, platform, indicator, figure, version, text, origin, edit, account, at_ms)
    VALUES (old.round, old.platform, old.indicator, old.figure, old.version, old.text, old.origin, old.edit,
            old.account, old.at_ms);
END;

-- How long people worked at a section: first and last touch, and the seconds in which something was typed.
CREATE TABLE section_work (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    section  TEXT NOT NULL CHECK (section <> ''),
    account  TEXT NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL CHECK (last_ms >= first_ms),
    seconds  INTEGER NOT NULL CHECK (seconds >= 0),
    PRIMARY KEY (round, platform, section, account),
    FOREIGN KEY (round, platform) REFERENCES participation (round, platform)
) STRICT, WITHOUT ROWID;
