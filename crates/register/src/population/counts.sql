SELECT count(*),
       coalesce(sum((?1 IS NULL OR birth_date >= ?1)
                    AND (?2 IS NULL OR birth_date <= ?2)
                    AND occupation IN (SELECT value FROM json_each(?3))
                    AND NOT EXISTS (SELECT 1 FROM person AS picked
                                    WHERE picked.id = population.person AND picked.state <> 'cancelled')
                    AND NOT EXISTS (SELECT 1 FROM person AS holder
                                    WHERE holder.nik = population.nik AND holder.nik <> ''
                                      AND holder.state <> 'cancelled')
                    AND NOT EXISTS (SELECT 1 FROM person AS released
                                    WHERE released.nik_released = population.nik AND released.nik_released <> ''
                                      AND released.state <> 'cancelled')), 0)
FROM population INDEXED BY population_crowd
