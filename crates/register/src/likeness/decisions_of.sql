SELECT not_same.order_at, not_same.at, not_same.actor, not_same.reason, them.id, them.name
FROM not_same
JOIN person AS them ON them.id = CASE not_same.person WHEN ?1 THEN not_same.other ELSE not_same.person END
WHERE not_same.person = ?1 OR not_same.other = ?1
ORDER BY not_same.order_at, not_same.at
