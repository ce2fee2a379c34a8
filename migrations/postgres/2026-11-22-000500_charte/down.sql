ALTER TABLE place DROP CONSTRAINT place_etat_check;
ALTER TABLE place ADD CONSTRAINT place_etat_check
    CHECK (etat IN ('a_examiner', 'non_transmissible', 'ouverte', 'reservee', 'pourvue', 'caduque'));
ALTER TABLE piece DROP CONSTRAINT piece_rattachement;
ALTER TABLE piece DROP COLUMN candidature_id;
ALTER TABLE piece ADD CONSTRAINT piece_rattachement CHECK ((demande_id IS NULL) <> (cessation_id IS NULL));
DROP TABLE candidature_valeur;
DROP TABLE candidature;
DROP TABLE appel;
DROP TABLE charte_critere;
DROP TABLE charte;
DROP FUNCTION charte_immuable();
