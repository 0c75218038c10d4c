-- Entries that came twice, in two series: copies of one disk entered the same lost entries again, each for itself.
-- Opens with: Payung 0.3 and later.

-- The entry has no effect of its own; a name for it means the other one.
CREATE TABLE twin (
    series      INTEGER NOT NULL REFERENCES series (id),
    seq         INTEGER NOT NULL,
    same_series INTEGER NOT NULL REFERENCES series (id),
    same_seq    INTEGER NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX twin_same ON twin (same_series, same_seq);
