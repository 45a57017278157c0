CREATE TABLE tidings_outbox (
    entry BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    added BIGINT NOT NULL,
    event_key VARCHAR(1024),
    source VARCHAR(1024) NOT NULL,
    event_id VARCHAR(1024) NOT NULL,
    bytes INT NOT NULL,
    event LONGTEXT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE tidings_outbox_refused (
    entry BIGINT PRIMARY KEY,
    added BIGINT NOT NULL,
    event_key VARCHAR(1024),
    source VARCHAR(1024) NOT NULL,
    event_id VARCHAR(1024) NOT NULL,
    bytes INT NOT NULL,
    event LONGTEXT NOT NULL,
    refused BIGINT NOT NULL,
    reason VARCHAR(2000) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE tidings_outbox_leader (id INT PRIMARY KEY, format INT NOT NULL) ENGINE = InnoDB;
INSERT INTO tidings_outbox_leader (id, format) VALUES (1, 1);
