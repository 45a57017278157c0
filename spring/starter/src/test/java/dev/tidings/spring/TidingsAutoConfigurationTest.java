package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.Listening;
import dev.tidings.client.Retrying;
import dev.tidings.client.Tidings;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class TidingsAutoConfigurationTest {
    private static final String NOBODY = "tidings.url=http://127.0.0.1:1";

    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, TidingsAutoConfiguration.class));

    /// What an event carries.
    record Order(int orderNumber) {}

    @Test
    void opensABusThatBelongsToTransactions() {
        program.withPropertyValues(NOBODY, "tidings.source=/shop").run(context -> {
            assertThat(context).hasSingleBean(TransactionAwareBus.class).hasSingleBean(TidingsListeners.class);
            assertThat(context.getBean(Bus.class).event("a.Placed").build().getSource())
                    .isEqualTo(URI.create("/shop"));
        });
    }

    @Test
    void firesAtOnceWhereTransactionsAreNotMeantOrNotThere() {
        program.withPropertyValues(NOBODY, "tidings.firing.after-commit=false")
                .run(context ->
                        assertThat(context).hasSingleBean(Bus.class).doesNotHaveBean(TransactionAwareBus.class));
        program.withPropertyValues(NOBODY)
                .withClassLoader(new FilteredClassLoader(TransactionSynchronizationManager.class))
                .run(context ->
                        assertThat(context).hasSingleBean(Bus.class).doesNotHaveBean(TransactionAwareBus.class));
    }

    @Test
    void leavesTheBusToTheProgramThatHasItsOwn() {
        program.withBean("mine", Bus.class, () -> Tidings.inProcess().open())
                .run(context -> assertThat(context)
                        .hasSingleBean(Bus.class)
                        .hasBean("mine")
                        .hasSingleBean(TidingsListeners.class));
    }

    @Test
    void hasWhatOnlyABrokerHas() {
        program.withPropertyValues(NOBODY)
                .run(context -> assertThat(context)
                        .hasSingleBean(Streams.class)
                        .hasSingleBean(Payloads.class)
                        .hasSingleBean(Subscriptions.class));
    }

    @Test
    void startsWithABusThatHasNoBrokerAndSaysSoToWhoNeedsOne() {
        program.withBean(Bus.class, () -> Tidings.inProcess().open()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(Streams.class))
                    .rootCause()
                    .hasMessageContaining("found one inside the process");
        });
    }

    @Test
    void doesNothingWhereItIsDisabled() {
        program.withPropertyValues("tidings.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Bus.class)
                        .doesNotHaveBean(TidingsListeners.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tidings.enabled=true      | The broker's address is expected here, like https://events.example
                    tidings.url=ftp://events  | a broker's address is like https://events.example
                    tidings.firing.batch=0    | batch: expected 1 to 10000, found 0
                    tidings.firing.linger=-1s | linger, patience and closing: expected 0 or more, found PT-1S
                    tidings.listener.inflight=2 | inflight at least as much, found 4 and 2
                    tidings.listener.ack-timeout=13h | ackTimeout is 1 s to 12 h, found PT13H
                    tidings.listener.back-off=2h | backOff is 1 ms to 1 h, found PT2H
                    tidings.listener.retry.attempts=0 | attempts: expected 1 or more, found 0
                    """)
    void refusesToStartWithAWrongSetting(String setting, String reason) {
        program.withPropertyValues(setting)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(reason));
    }

    @Test
    void refusesTwoProofsAtOnce() {
        program.withPropertyValues(NOBODY, "tidings.api-key=key", "tidings.token=token")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tidings.api-key, tidings.token"));
    }

    @Test
    void provesItselfByKeyOrTokenOrAsTheProgramSays() {
        program.withPropertyValues(NOBODY, "tidings.api-key=key")
                .run(context ->
                        assertThat(context.getBean(Credentials.class).bearer()).isEqualTo("key"));
        program.withPropertyValues(NOBODY, "tidings.token=token")
                .run(context ->
                        assertThat(context.getBean(Credentials.class).bearer()).isEqualTo("token"));
        program.withPropertyValues(NOBODY, "tidings.api-key=key")
                .withBean(Credentials.class, () -> Credentials.token(() -> "renewed"))
                .run(context ->
                        assertThat(context.getBean(Credentials.class).bearer()).isEqualTo("renewed"));
    }

    @Test
    void keepsSecretsToItself() {
        program.withPropertyValues(NOBODY, "tidings.api-key=secret")
                .run(context -> assertThat(context.getBean(TidingsProperties.class))
                        .asString()
                        .doesNotContain("secret"));
    }

    @Test
    void writesJsonAsTheRestOfTheProgram() {
        JsonMapper snakes = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        program.withPropertyValues(NOBODY, "tidings.source=/shop")
                .withBean(JsonMapper.class, () -> snakes)
                .run(context -> {
                    CloudEvent event = context.getBean(Bus.class)
                            .event("a.Placed")
                            .data(new Order(7))
                            .build();
                    assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"order_number\":7}");
                });
    }

    @Test
    void asksTheProgramBehindTheProperties() {
        program.withPropertyValues(NOBODY, "tidings.source=/shop")
                .withBean(ConnectingCustomizer.class, () -> connecting -> connecting.source(URI.create("/other")))
                .run(context -> assertThat(context.getBean(Bus.class)
                                .event("a.Placed")
                                .build()
                                .getSource())
                        .isEqualTo(URI.create("/other")));
    }

    @Test
    void namesTheServiceAsTheApplicationWhereNothingElseIsSaid() {
        program.withPropertyValues(NOBODY, "spring.application.name=office")
                .run(context -> assertThat(
                                context.getBean(Bus.class).listen(Listening.to("print", "a.Placed"), event -> {}))
                        .isNotNull());
        program.withPropertyValues(NOBODY, "tidings.service=office")
                .run(context -> assertThat(
                                context.getBean(Bus.class).listen(Listening.to("print", "a.Placed"), event -> {}))
                        .isNotNull());
    }

    @Test
    void wantsTheSslBundleThatItIsTold() {
        program.withPropertyValues(NOBODY, "tidings.ssl.bundle=ours")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(NoSuchSslBundleException.class));
        program.withPropertyValues(
                        NOBODY,
                        "tidings.ssl.bundle=ours",
                        "spring.ssl.bundle.pem.ours.options.ciphers=TLS_AES_128_GCM_SHA256")
                .run(context -> assertThat(context).hasSingleBean(Bus.class));
    }

    @Test
    void hasTheDefaultsOfTheClient() {
        program.withPropertyValues(NOBODY).run(context -> {
            TidingsProperties properties = context.getBean(TidingsProperties.class);
            assertThat(properties.firing().firing()).isEqualTo(Firing.DEFAULT);
            assertThat(properties.listener().listening("print", List.of("a.Placed")))
                    .isEqualTo(Listening.to("print", "a.Placed"));
        });
    }

    @Test
    void letsWhatIsFiredWaitInASpoolOfItsOwnSize(@TempDir Path directory) {
        program.withPropertyValues(NOBODY, "tidings.firing.spool=" + directory)
                .run(context -> assertThat(context.getBean(TidingsProperties.class)
                                .firing()
                                .firing())
                        .isEqualTo(Firing.DEFAULT.withSpool(directory)));
    }

    @Test
    void takesEachSetting() {
        program.withPropertyValues(
                        NOBODY,
                        "tidings.firing.batch=7",
                        "tidings.firing.linger=1ms",
                        "tidings.firing.buffer=1MB",
                        "tidings.firing.patience=2s",
                        "tidings.firing.closing=3s",
                        "tidings.listener.from=latest",
                        "tidings.listener.concurrency=2",
                        "tidings.listener.inflight=5",
                        "tidings.listener.ack-timeout=9s",
                        "tidings.listener.back-off=4s",
                        "tidings.listener.retry.attempts=3",
                        "tidings.listener.retry.first=1ms",
                        "tidings.listener.retry.longest=2ms")
                .run(context -> {
                    TidingsProperties properties = context.getBean(TidingsProperties.class);
                    assertThat(properties.firing().firing())
                            .isEqualTo(new Firing(
                                    7,
                                    Duration.ofMillis(1),
                                    dev.tidings.model.DataSize.ofMebibytes(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(3),
                                    null));
                    assertThat(properties.listener().listening("print", List.of("a.Placed")))
                            .isEqualTo(Listening.to("print", "a.Placed")
                                    .from("latest")
                                    .concurrency(2)
                                    .inflight(5)
                                    .ackTimeout(Duration.ofSeconds(9))
                                    .backOff(Duration.ofSeconds(4))
                                    .retrying(new Retrying(3, Duration.ofMillis(1), Duration.ofMillis(2))));
                });
    }
}
