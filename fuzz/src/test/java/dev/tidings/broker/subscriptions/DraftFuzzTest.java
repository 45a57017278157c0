package dev.tidings.broker.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.Subscription.Status;
import dev.tidings.engine.Batch;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

class DraftFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final SubscriptionRows ROWS =
            new SubscriptionRows(new Seal(new byte[Seal.KEY_BYTES], new SecureRandom()));

    @FuzzTest
    void isReadAndKeptAsItWasReadOrSaysWhatIsWrong(byte[] body) {
        switch (DraftReader.read(Bytes.of(body), null)) {
            case DraftReader.Read.Refused(var refusal) ->
                assertThat(refusal.detail()).isNotBlank();
            case DraftReader.Read.Drafted(Draft draft) -> isKept(draft);
        }
    }

    private static void isKept(Draft draft) {
        MemoryEngine engine = new MemoryEngine(new HandClock());
        Subscription subscription = new Subscription(
                "0",
                new ClientName("owner"),
                1,
                new Status(State.ACTIVE, null, NOW),
                draft.interest(),
                draft.sink().with(List.of(Signing.fresh(new SecureRandom(), NOW))),
                draft.handling(),
                NOW,
                NOW);
        engine.log().append(Batch.ofStates(List.of(ROWS.put(subscription))));

        assertThat(ROWS.all(engine.states())).containsExactly(subscription);
    }
}
