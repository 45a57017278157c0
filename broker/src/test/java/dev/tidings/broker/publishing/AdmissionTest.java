package dev.tidings.broker.publishing;

import static dev.tidings.broker.publishing.Shop.PAID;
import static dev.tidings.broker.publishing.Shop.PLACED;
import static dev.tidings.broker.publishing.Shop.SENT;
import static dev.tidings.broker.publishing.Shop.event;
import static dev.tidings.broker.publishing.Shop.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.payloads.PayloadClaims;
import dev.tidings.broker.quotas.PublishQuotas;
import dev.tidings.broker.quotas.QuotaConfig;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Refusal;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final MemoryEngine engine = new MemoryEngine(new HandClock());
    private final Admission admission = new Publisher(
            engine.log(),
            new Fixed(Shop.catalog()),
            new PublishQuotas(QuotaConfig.DEFAULT, System::nanoTime),
            new PublishParts(
                    PublishConfig.DEFAULT, Shop::schema, Runnable::run, PublishObserver.NONE, PayloadClaims.NONE));

    @Test
    void admitsWhatAnybodyMayProduce() {
        assertThat(judge(event("1", PLACED))).isEmpty();
        assertThat(judge(event("1", PAID))).isEmpty();
        assertThat(judge(event("1", SENT, "/nobody's", new Event.Data.None()))).isEmpty();
        assertThat(engine.log().streams()).isEmpty();
    }

    @Test
    void refusesAnUnknownTypeAndSuggestsTheNearest() {
        Refusal refusal = judge(event("1", "Shop.Web.Order.Plced")).orElseThrow();

        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_EVENT);
        assertThat(refusal.flaws().getFirst().pointer()).isEqualTo("/type");
        assertThat(refusal.flaws().getFirst().reason()).contains(PLACED);
    }

    @Test
    void refusesWhatIsTooLargeForItsType() {
        assertThat(judge(large("1", PLACED, 1_025)).orElseThrow().code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
    }

    @Test
    void refusesDataThatViolatesTheSchema() {
        Event invalid = event("1", PAID, "/shop", new Event.Data.Json(Bytes.utf8("7")));

        assertThat(judge(invalid).orElseThrow().code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
    }

    private Optional<Refusal> judge(Event event) {
        return admission.judge(event).toCompletableFuture().join();
    }

    private record Fixed(Catalog current) implements Catalogs {
        @Override
        public void onChange(Consumer<Catalog> listener) {}
    }
}
