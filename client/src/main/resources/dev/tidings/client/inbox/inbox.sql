CREATE TABLE tidings_inbox (event CHAR(64) NOT NULL PRIMARY KEY, handled BIGINT NOT NULL);
CREATE INDEX tidings_inbox_handled ON tidings_inbox (handled);
