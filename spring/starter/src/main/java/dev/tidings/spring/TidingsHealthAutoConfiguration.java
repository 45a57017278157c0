package dev.tidings.spring;

import dev.tidings.client.Bus;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// Health of the bus, where the program has Spring Boot's health.
@AutoConfiguration(after = TidingsAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(Bus.class)
@ConditionalOnEnabledHealthIndicator("tidings")
public final class TidingsHealthAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "tidingsHealthIndicator")
    HealthIndicator tidingsHealthIndicator(Bus bus) {
        return new TidingsHealthIndicator(bus);
    }
}
