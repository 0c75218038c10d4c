SELECT code, name, decisions, last_exchange FROM village ORDER BY code;
