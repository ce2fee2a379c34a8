DROP TABLE preference;
DROP TABLE agenda;
