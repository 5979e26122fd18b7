-- The latest log entry that changed what a platform sent of a kind: of activity by month (year * 100 + month), of stocks
-- and whole sets under 0. A result in between is good as long as the versions that it rests on stand.
CREATE TABLE port_version (
    round    TEXT NOT NULL,
    platform TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    month    INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (round, platform, kind, month)
) STRICT, WITHOUT ROWID;
