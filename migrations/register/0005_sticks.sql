-- Files that went and came on a stick, so that one brought twice, or an old one, can be told.
-- Opens with: Payung 0.3 and later.

-- Files for the district that this register wrote.
CREATE TABLE stick_written (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT;

-- Files of the district that were taken in, by what the district signed.
CREATE TABLE stick_taken (
    digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
    number INTEGER NOT NULL,          -- as the district counts
    at     INTEGER NOT NULL
) STRICT;
