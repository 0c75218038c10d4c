-- What lists, filters and the look-out for one person entered twice need, kept beside the values.
-- Opens with: Payung 0.3 and later.
--
-- What SQL cannot read (the verdict of a draft, what is missing, who is alike) is filled in by the program when it
-- opens the register, and again whenever it would say it otherwise: the setting `lists` says by whom it was written.

ALTER TABLE person ADD COLUMN occupation TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN mother TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN desil_quarter INTEGER;               -- year * 4 + quarter - 1
-- The verdict through time: a letter for the first, then a day since 1970 and a letter for each later one.
ALTER TABLE person ADD COLUMN judged TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;  -- one bit a field, by its tag
ALTER TABLE person ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0;
-- Somebody else here looks like the same person, and nobody has said that they are not.
ALTER TABLE person ADD COLUMN maybe_same INTEGER NOT NULL DEFAULT 0;
DROP INDEX person_roster;
CREATE INDEX person_roster ON person (
    id, nik, name, kk, hamlet, birth_date, state, delivery, needs_new_statement, covered, listed, readiness,
    edited, nik_elsewhere, two_versions, updated_at, occupation, mother, desil_quarter, judged, missing, unreadable,
    maybe_same
);

-- Two people who look alike and are not the same, as somebody decided. Stays in this register.
CREATE TABLE not_same (
    person   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other    INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    order_at INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (person, other),
    CHECK (person < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_same_other ON not_same (other);
