-- EXP-2: what the explanation of a place, and the last day of a call, were computed from.
ALTER TABLE place ADD COLUMN faits TEXT;
ALTER TABLE appel ADD COLUMN delai TEXT;
