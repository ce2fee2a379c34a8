-- Who examined a document and when; the document that took its place, since nothing sent is ever lost.
ALTER TABLE piece ADD COLUMN examinee_le TIMESTAMP;
ALTER TABLE piece ADD COLUMN examinee_par BIGINT REFERENCES utilisateur (id);
ALTER TABLE piece ADD COLUMN remplacee_le TIMESTAMP;
ALTER TABLE piece ADD COLUMN remplacee_par BIGINT REFERENCES piece (id);
-- PRO-3: the refused document that another one is asked to take the place of.
ALTER TABLE piece_demandee ADD COLUMN piece_id BIGINT REFERENCES piece (id);
