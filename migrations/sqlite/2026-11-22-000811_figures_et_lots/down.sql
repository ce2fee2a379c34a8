DROP INDEX lot_inacheve;
DROP TABLE statistique_nationale;
