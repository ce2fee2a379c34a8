DROP TABLE brouillon_piece;
DROP TABLE brouillon;
