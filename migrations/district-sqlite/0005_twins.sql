-- Entries that came twice, in two series: copies of one disk entered the same lost entries again, each for itself.
-- Who can open it: payung-district from this migration on; an older program refuses, file untouched.

-- The entry has no effect of its own; a name for it means the other one.
CREATE TABLE twin (
    series      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    village     TEXT NOT NULL REFERENCES village (code),
    same_series BLOB NOT NULL,
    same_seq    INTEGER NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_by_village ON twin (village);
