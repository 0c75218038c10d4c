SELECT continues_series, continues_seq, reentered FROM series WHERE id = ?1 AND reentered > 0;
