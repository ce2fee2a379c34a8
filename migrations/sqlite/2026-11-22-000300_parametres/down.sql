DROP TABLE reglement_conserve;
DROP TABLE parametre_valeur;
