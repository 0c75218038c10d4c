-- The district's store. One file per regency, encrypted; every table is written in the transaction of one exchange,
-- one enrolment or one decision.
-- Who can open it: every version of payung-district; a program that knows fewer migrations refuses, file untouched.

-- Names the district itself: regency, address, keys, certificates, the regulation in force.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Villages that were given an enrolment file.
CREATE TABLE village (
    code         TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    decisions    BLOB NOT NULL UNIQUE,
    last_exchange INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment (
    token_digest BLOB PRIMARY KEY,
    village      TEXT NOT NULL REFERENCES village (code),
    expires      INTEGER NOT NULL,
    device       BLOB,
    answer       BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id            BLOB PRIMARY KEY,
    village       TEXT NOT NULL REFERENCES village (code),
    key           BLOB NOT NULL UNIQUE,
    enrolled_at   INTEGER NOT NULL,
    revoked_at    INTEGER,
    last_exchange INTEGER
) STRICT, WITHOUT ROWID;

-- Series of the villages' devices (device not null) and the district's own series of decisions (device null).
CREATE TABLE series (
    id      BLOB PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('shared', 'decisions')),
    village TEXT NOT NULL REFERENCES village (code),
    device  BLOB REFERENCES device (id),
    key     BLOB NOT NULL,
    length  INTEGER NOT NULL,
    head    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Every entry byte for byte; `head` is the chain's head after it. `salt` stands here only where it does not follow from
-- its stretch's seed. An entry whose body was erased in the village has neither body nor salt, but its digest.
CREATE TABLE entry (
    series BLOB NOT NULL REFERENCES series (id),
    seq    INTEGER NOT NULL,
    body   BLOB,
    salt   BLOB,
    digest BLOB,
    head   BLOB NOT NULL,
    CHECK ((body IS NULL) = (digest IS NOT NULL)),
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

-- The random seed of each stretch of entries, from which their salts follow.
CREATE TABLE stretch (
    series BLOB NOT NULL REFERENCES series (id),
    number INTEGER NOT NULL,
    seed   BLOB NOT NULL,
    PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

-- What the device vouched for and what the district confirmed, kept for ever: a repeat gets the same receipt.
CREATE TABLE checkpoint (
    series    BLOB NOT NULL REFERENCES series (id),
    seq       INTEGER NOT NULL,
    head      BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    series    BLOB NOT NULL REFERENCES series (id),
    seq       INTEGER NOT NULL,
    head      BLOB NOT NULL,
    at        INTEGER NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;

-- One row per person, derived from the entries: the index by which they are judged. It holds no name and no NIK in
-- the clear; those stand in the entries only. `claim` is the order in which people took the NIK they bear, `rival` the
-- other version where two were typed over the same one.
CREATE TABLE person (
    series         BLOB NOT NULL,
    seq            INTEGER NOT NULL,
    village        TEXT NOT NULL REFERENCES village (code),
    version_series BLOB NOT NULL,
    version_seq    INTEGER NOT NULL,
    rival_series   BLOB,
    rival_seq      INTEGER,
    nik            BLOB,
    claim          INTEGER,
    ended          TEXT,
    answer         TEXT,
    answered_series BLOB,
    answered_seq   INTEGER,
    by_officer     INTEGER NOT NULL DEFAULT 0,
    arrived_at     INTEGER NOT NULL,
    PRIMARY KEY (series, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_nik ON person (nik, claim) WHERE nik IS NOT NULL;
CREATE INDEX person_by_village ON person (village, arrived_at);
CREATE INDEX person_by_claim ON person (claim) WHERE claim IS NOT NULL;

-- Who was already told that a NIK of theirs is also held elsewhere.
CREATE TABLE told (
    first_series BLOB NOT NULL,
    first_seq    INTEGER NOT NULL,
    other_series BLOB NOT NULL,
    other_seq    INTEGER NOT NULL,
    nik          BLOB NOT NULL,
    PRIMARY KEY (first_series, first_seq, other_series, other_seq, nik)
) STRICT, WITHOUT ROWID;

CREATE TABLE head_key (
    village TEXT NOT NULL REFERENCES village (code),
    key     BLOB NOT NULL,
    series  BLOB NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (village, key)
) STRICT, WITHOUT ROWID;

-- People listed in signed statements; `problem` says in words what is wrong with the statement, if anything.
CREATE TABLE attested (
    number           INTEGER PRIMARY KEY,
    person_series    BLOB NOT NULL,
    person_seq       INTEGER NOT NULL,
    statement_series BLOB NOT NULL,
    statement_seq    INTEGER NOT NULL,
    version_series   BLOB NOT NULL,
    version_seq      INTEGER NOT NULL,
    problem          TEXT,
    stamped          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX attested_by_person ON attested (person_series, person_seq);
CREATE INDEX attested_by_statement ON attested (statement_series, statement_seq);
