ALTER TABLE piece_demandee DROP COLUMN piece_id;
ALTER TABLE piece DROP COLUMN remplacee_par;
ALTER TABLE piece DROP COLUMN remplacee_le;
ALTER TABLE piece DROP COLUMN examinee_par;
ALTER TABLE piece DROP COLUMN examinee_le;
