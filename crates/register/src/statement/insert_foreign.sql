INSERT INTO statement (number, collective, status, prepared_at, prepared_by, regulation, content, digest, signed_at,
                       signed_on, signer, title, public_key, signature, seal, series, seq, order_at)
VALUES (?1, ?2, 'signed', ?3, ?4, ?5, ?6, ?7, ?3, ?8, ?9, ?10, ?11, ?12, ?13,
        (SELECT id FROM series WHERE series = ?14), ?15, ?16)
