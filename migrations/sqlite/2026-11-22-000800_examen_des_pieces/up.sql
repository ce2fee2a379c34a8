-- Who examined a document and when; the document that took its place, since nothing sent is ever lost.
ALTER TABLE piece ADD COLUMN examinee_le TEXT;
ALTER TABLE piece ADD COLUMN examinee_par INTEGER REFERENCES utilisateur (id);
ALTER TABLE piece ADD COLUMN remplacee_le TEXT;
ALTER TABLE piece ADD COLUMN remplacee_par INTEGER REFERENCES piece (id);
-- PRO-3: the refused document that another one is asked to take the place of.
ALTER TABLE piece_demandee ADD COLUMN piece_id INTEGER REFERENCES piece (id);
