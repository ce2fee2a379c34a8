-- The list of departures seen by zone, by commune, over every state and every CPAM; what is in a commune.
CREATE INDEX cessation_file_toutes ON cessation (organisme_code, date_cessation, id);
CREATE INDEX cessation_file_bassin ON cessation (organisme_code, bassin_code, date_cessation, id);
CREATE INDEX cessation_file_commune ON cessation (organisme_code, insee, date_cessation, id);
CREATE INDEX cessation_nationale ON cessation (date_cessation, id);
CREATE INDEX cessation_etat_nationale ON cessation (etat, date_cessation, id);
CREATE INDEX cessation_lieu ON cessation (insee, id);
CREATE INDEX demande_lieu ON demande (insee, id);

-- Departures whose search words are to be written again: all of them, since the commune joins the name.
CREATE TABLE depart_a_refaire (
    cessation_id INTEGER PRIMARY KEY REFERENCES cessation (id)
) STRICT;
INSERT INTO depart_a_refaire (cessation_id) SELECT id FROM cessation;
