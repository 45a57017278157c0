package dev.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Metrics;
import dev.tidings.client.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TidingsObservationTest {
    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    TidingsAutoConfiguration.class,
                    TidingsMetricsAutoConfiguration.class,
                    TidingsTracingAutoConfiguration.class))
            .withPropertyValues("tidings.url=http://127.0.0.1:1", "tidings.source=/shop", "tidings.firing.closing=0s");

    @Test
    void countsInTheRegistryOfTheProgram() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        program.withBean(MeterRegistry.class, () -> registry).run(context -> {
            Bus bus = context.getBean(Bus.class);
            bus.fire(bus.event("Shop.Web.Order.Placed").build());

            assertThat(registry.get("tidings.client.fired").counter().count()).isEqualTo(1);
        });
    }

    @Test
    void tracesWithTheTelemetryOfTheProgram() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
        program.withBean(OpenTelemetry.class, () -> telemetry).run(context -> {
            Bus bus = context.getBean(Bus.class);
            bus.fire(bus.event("Shop.Web.Order.Placed").build());

            assertThat(spans.getFinishedSpanItems())
                    .extracting(SpanData::getName)
                    .containsExactly("create Shop.Web.Order.Placed");
        });
    }

    @Test
    void doesNeitherWhereTheProgramHasNothingForIt() {
        program.run(context -> assertThat(context)
                .hasSingleBean(Bus.class)
                .doesNotHaveBean(Metrics.class)
                .doesNotHaveBean(Tracing.class));
    }
}
