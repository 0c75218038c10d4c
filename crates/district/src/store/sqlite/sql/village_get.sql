SELECT code, name, decisions, last_exchange FROM village WHERE code = ?1;
