CREATE TABLE tidings_outbox (
    entry BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    added BIGINT NOT NULL,
    event_key VARCHAR(1024),
    source VARCHAR(1024) NOT NULL,
    event_id VARCHAR(1024) NOT NULL,
    bytes INT NOT NULL,
    event CHARACTER LARGE OBJECT NOT NULL
);
CREATE TABLE tidings_outbox_refused (
    entry BIGINT PRIMARY KEY,
    added BIGINT NOT NULL,
    event_key VARCHAR(1024),
    source VARCHAR(1024) NOT NULL,
    event_id VARCHAR(1024) NOT NULL,
    bytes INT NOT NULL,
    event CHARACTER LARGE OBJECT NOT NULL,
    refused BIGINT NOT NULL,
    reason VARCHAR(2000) NOT NULL
);
CREATE TABLE tidings_outbox_leader (id INT PRIMARY KEY, format INT NOT NULL);
INSERT INTO tidings_outbox_leader (id, format) VALUES (1, 1);
