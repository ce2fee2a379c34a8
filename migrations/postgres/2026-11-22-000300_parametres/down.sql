DROP TABLE reglement_conserve;
DROP FUNCTION reglement_conserve_immuable;
DROP TABLE parametre_valeur;
DROP FUNCTION parametre_valeur_immuable;
