-- Photos and documents: what entries announced, and their bytes, in the same encrypted file as everything else.
-- Who can open it: payung-district from this migration on; an older program refuses, file untouched.
-- Entries that were there already get their announcements when the program first opens the file.

-- One row per village and digest, from the first entry that names it. `kept` bytes from the beginning are in
-- `attachment_piece`; the receipt stands where all are there and their digest is right. `mismatches`: how often they
-- were all there and it was not.
CREATE TABLE attachment (
    village    TEXT NOT NULL REFERENCES village (code),
    digest     BLOB NOT NULL,
    bytes      INTEGER NOT NULL,
    media      TEXT NOT NULL,
    kept       INTEGER NOT NULL DEFAULT 0,
    touched_at INTEGER NOT NULL,
    receipt    BLOB,
    refused    TEXT,
    mismatches INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (village, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_unfinished ON attachment (touched_at) WHERE kept > 0 AND receipt IS NULL;

-- The entries that name it.
CREATE TABLE attachment_named (
    series  BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    digest  BLOB NOT NULL,
    village TEXT NOT NULL REFERENCES village (code),
    PRIMARY KEY (series, seq, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_named_by_digest ON attachment_named (village, digest);

-- Entries whose attachment was taken back; that can be known before the entry itself.
CREATE TABLE attachment_removed (
    series  BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    village TEXT NOT NULL REFERENCES village (code),
    PRIMARY KEY (series, seq, village)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment_piece (
    number   INTEGER PRIMARY KEY,
    village  TEXT NOT NULL,
    digest   BLOB NOT NULL,
    begins   INTEGER NOT NULL,
    bytes    BLOB NOT NULL,
    FOREIGN KEY (village, digest) REFERENCES attachment (village, digest)
) STRICT;
CREATE UNIQUE INDEX attachment_piece_in_order ON attachment_piece (village, digest, begins);

-- Files from sticks that were taken in, by what their senders signed.
CREATE TABLE bundle (
    digest   BLOB PRIMARY KEY,
    device   BLOB NOT NULL,
    number   INTEGER NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bundle_by_device ON bundle (device, number);

-- The number of the last file written for a device.
CREATE TABLE bundle_written (
    device BLOB PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
