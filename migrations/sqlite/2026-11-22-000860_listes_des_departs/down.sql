DROP TABLE depart_a_refaire;
DROP INDEX demande_lieu;
DROP INDEX cessation_lieu;
DROP INDEX cessation_etat_nationale;
DROP INDEX cessation_nationale;
DROP INDEX cessation_file_commune;
DROP INDEX cessation_file_bassin;
DROP INDEX cessation_file_toutes;
