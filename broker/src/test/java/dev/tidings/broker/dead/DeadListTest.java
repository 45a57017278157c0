package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DeadListTest extends DeadFixture {
    @Test
    void listsByClientThenAge() {
        report(CLINIC, PAID, "a");
        report(BANK, PAID, "b");
        report(CLINIC, SENT, "c");

        DeadPage page = now(dead.list(DeadFilter.ALL, null, 100));

        assertThat(ids(page)).containsExactly("bank~0", "clinic~0", "clinic~1");
        assertThat(page.next()).isNull();
        assertThat(page.events().getFirst().since()).isEqualTo(clock.instant());
    }

    @Test
    void listsNothingWhereNothingIsDead() {
        assertThat(now(dead.list(DeadFilter.ALL, null, 1))).isEqualTo(new DeadPage(List.of(), null));
    }

    @Test
    void filtersByWhatIsKnownOfTheReport() {
        report(CLINIC, PAID, "a");
        clock.advance(Duration.ofMinutes(10));
        report(BANK, SENT, "b");
        store(envelope(new GroupName(CLINIC, "slow"), DeadReason.MAX_DELIVERIES, original(PAID, "c"), null));
        Instant later = clock.instant();

        assertThat(list(new DeadFilter(CLINIC, null, null, null, null, null))).containsExactly("clinic~0", "clinic~1");
        assertThat(list(new DeadFilter(null, "slow", null, null, null, null))).containsExactly("clinic~1");
        assertThat(list(new DeadFilter(null, null, SENT, null, null, null))).containsExactly("bank~0");
        assertThat(list(new DeadFilter(null, null, null, DeadReason.REPORTED, null, null)))
                .containsExactly("bank~0", "clinic~0");
        assertThat(list(new DeadFilter(null, null, null, null, later, null))).containsExactly("bank~0", "clinic~1");
        assertThat(list(new DeadFilter(null, null, null, null, null, later))).containsExactly("clinic~0");
        assertThat(list(new DeadFilter(BANK, null, PAID, null, null, null))).isEmpty();
    }

    @Test
    void goesOnWhereAPageEnded() {
        for (int i = 0; i < 5; i++) {
            report(CLINIC, PAID, "c" + i);
            report(BANK, PAID, "b" + i);
        }

        List<String> all = new ArrayList<>();
        DeadPage page = now(dead.list(DeadFilter.ALL, null, 3));
        all.addAll(ids(page));
        while (page.next() != null) {
            assertThat(page.events()).hasSize(3);
            page = now(dead.list(DeadFilter.ALL, page.next(), 3));
            all.addAll(ids(page));
        }

        assertThat(all)
                .containsExactly(
                        "bank~0",
                        "bank~1",
                        "bank~2",
                        "bank~3",
                        "bank~4",
                        "clinic~0",
                        "clinic~1",
                        "clinic~2",
                        "clinic~3",
                        "clinic~4");
    }

    @Test
    void searchesOnlySoMuchForOnePage() {
        dead = deadEvents(new DeadConfig(100, new DataSize(1_000), 100, 3));
        for (int i = 0; i < 2_000; i++) {
            report(CLINIC, PAID, "c" + i);
        }
        DeadFilter rare = new DeadFilter(null, "rare", null, null, null, null);
        store(envelope(new GroupName(CLINIC, "rare"), DeadReason.REPORTED, original(PAID, "x"), null));

        DeadPage page = now(dead.list(rare, null, 10));
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).isNotNull();

        while (page.next() != null) {
            page = now(dead.list(rare, page.next(), 10));
        }
        assertThat(ids(page)).containsExactly("clinic~2000");
    }

    @Test
    void searchesOnlySoManyLanesForOnePage() {
        dead = deadEvents(new DeadConfig(100, DataSize.ofMebibytes(1), 2, 3));
        for (String name : List.of("a", "b", "c", "d", "e")) {
            report(new ClientName(name), PAID, name);
        }

        DeadPage first = now(dead.list(DeadFilter.ALL, null, 100));

        assertThat(ids(first)).containsExactly("a~0", "b~0");
        assertThat(first.next()).hasToString("c~0");
    }

    @Test
    void searchesAsMuchAsCanBeConfiguredAtOnce() {
        dead = deadEvents(new DeadConfig(1_000, DataSize.ofMebibytes(32), 200, 3));
        for (int i = 0; i < 200; i++) {
            report(new ClientName("c" + i), PAID, "x".repeat(200_000));
        }

        assertThat(now(dead.list(DeadFilter.ALL, null, 1_000)).events()).hasSizeGreaterThan(100);
    }

    @Test
    void waitsForReadsThatTakeTime() {
        report(CLINIC, PAID, "a");
        report(BANK, PAID, "b");
        engine.reads().shut();

        CompletionStage<DeadPage> page = dead.list(DeadFilter.ALL, null, 10);
        assertThat(page.toCompletableFuture()).isNotDone();
        engine.reads().open();

        assertThat(ids(now(page))).containsExactly("bank~0", "clinic~0");
    }
}
