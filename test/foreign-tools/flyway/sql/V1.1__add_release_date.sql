alter table inmates add column release_date date; -- Entlassung für Häftlinge
