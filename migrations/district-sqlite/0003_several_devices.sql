-- Several devices of one village: what each was given, entries that wait for others, versions that stand side by side,
-- series that go on where another one was lost.
-- Who can open it: payung-district from this migration on; an older program refuses, file untouched.

-- What the device may hold after its last exchange: for each series its 16 bytes and a sequence number (8, big-endian).
-- A revocation names who decided it and why.
ALTER TABLE device ADD COLUMN have BLOB;
ALTER TABLE device ADD COLUMN revoked_by TEXT;
ALTER TABLE device ADD COLUMN revoked_note TEXT;

-- Where a series takes over from another, and how many entries of a lost branch it holds again.
ALTER TABLE series ADD COLUMN continues_series BLOB;
ALTER TABLE series ADD COLUMN continues_seq INTEGER;
ALTER TABLE series ADD COLUMN reentered INTEGER;
CREATE INDEX series_by_village ON series (village);

-- An entry whose effect waits until another one has had its effect.
CREATE TABLE waiting (
    series       BLOB NOT NULL,
    seq          INTEGER NOT NULL,
    village      TEXT NOT NULL REFERENCES village (code),
    needs_series BLOB NOT NULL,
    needs_seq    INTEGER NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_by_need ON waiting (needs_series, needs_seq);
CREATE INDEX waiting_by_village ON waiting (village);

-- Versions of a person that nothing replaced, besides the one in `person.version`; `person.rival` is one of them.
CREATE TABLE rival (
    person_series  BLOB NOT NULL,
    person_seq     INTEGER NOT NULL,
    version_series BLOB NOT NULL,
    version_seq    INTEGER NOT NULL,
    PRIMARY KEY (person_series, person_seq, version_series, version_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO rival (person_series, person_seq, version_series, version_seq)
SELECT series, seq, rival_series, rival_seq FROM person WHERE rival_series IS NOT NULL;
