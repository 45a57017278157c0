package dev.tidings.spring;

import dev.tidings.client.Tracing;
import dev.tidings.client.tracing.OpenTelemetryTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/// Traces that go with events, where the program has OpenTelemetry.
@AutoConfiguration(
        before = TidingsAutoConfiguration.class,
        afterName = "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration")
@ConditionalOnClass(OpenTelemetry.class)
@ConditionalOnSingleCandidate(OpenTelemetry.class)
public final class TidingsTracingAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Tracing tidingsTracing(OpenTelemetry telemetry) {
        return OpenTelemetryTracing.of(telemetry);
    }

    @Bean
    ConnectingCustomizer tidingsCarryingTraces(Tracing tracing) {
        return connecting -> connecting.tracing(tracing);
    }
}
