DROP TABLE changement;
