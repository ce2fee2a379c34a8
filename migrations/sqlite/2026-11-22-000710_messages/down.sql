DROP TABLE message_piece;
DROP TABLE message;
