package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Everything at once. With `-Dtidings.outbox.storm=100` it goes on a hundred times as long.
@Timeout(3600)
class StormTest {
    static final int LONGER = Integer.getInteger("tidings.outbox.storm", 1);

    @Test
    void publishesWhatWasCommittedOnceInOrderAndNothingElseOnH2() throws SQLException {
        rages(new Memory(), 0);
    }

    @Test
    void publishesWhatWasCommittedOnceInOrderAndNothingElseOnPostgres() throws SQLException {
        rages(Servers.postgres(), 2);
    }

    @Test
    void publishesWhatWasCommittedOnceInOrderAndNothingElseOnMariaDb() throws SQLException {
        rages(Servers.mariaDb(), 1);
    }

    private static void rages(Server server, int kills) throws SQLException {
        Storm storm = new Storm(server, 1);

        storm.rage(kills * LONGER, kills == 0 ? 400 * LONGER : 400);

        storm.clear();
        assertThat(storm.toString()).doesNotStartWith("0 ");
    }
}
