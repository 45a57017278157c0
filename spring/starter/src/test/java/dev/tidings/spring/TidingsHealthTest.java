package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TidingsHealthTest {
    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TidingsAutoConfiguration.class, TidingsHealthAutoConfiguration.class));

    @Test
    void isUpWhereTheBusIs() {
        program.withBean(Bus.class, () -> Tidings.inProcess().open()).run(context -> {
            context.getBean(Bus.class).listen(Listening.to("print", "a.Placed"), event -> {});
            Health health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .isEqualTo(Map.of("broker", "ready", "listeners", Map.of("print", "connected")));
        });
    }

    @Test
    void isDownWhereTheBrokerIsAwayAndTellsOfTheListeners() {
        program.withPropertyValues("tidings.url=http://127.0.0.1:1", "tidings.service=office")
                .run(context -> {
                    context.getBean(Bus.class).listen(Listening.to("print", "a.Placed"), event -> {});
                    Health health = context.getBean(HealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails())
                            .containsEntry("listeners", Map.of("print", "not connected"))
                            .extractingByKey("broker")
                            .asString()
                            .contains("ConnectException");
                });
    }

    @Test
    void isNotLookedAtWhereNobodyWantsItOrThereIsNoBus() {
        program.withPropertyValues("tidings.url=http://127.0.0.1:1", "management.health.tidings.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
        program.withPropertyValues("tidings.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }
}
