package dev.tidings.spring;

import dev.tidings.client.Metrics;
import dev.tidings.client.metrics.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/// Meters of the bus, where the program has a registry for them.
@AutoConfiguration(
        before = TidingsAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class TidingsMetricsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Metrics tidingsMetrics(MeterRegistry registry) {
        return MicrometerMetrics.of(registry);
    }

    @Bean
    ConnectingCustomizer tidingsMeasuring(Metrics metrics) {
        return connecting -> connecting.metrics(metrics);
    }
}
