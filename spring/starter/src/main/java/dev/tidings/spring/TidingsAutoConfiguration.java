package dev.tidings.spring;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.FailureListener;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Tidings;
import dev.tidings.client.payloads.Payloads;
import dev.tidings.client.streams.Streams;
import dev.tidings.client.subscriptions.Subscriptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/// A [Bus] as `tidings.*` says, and the methods with [TidingsListener] on it. A bean of the program's own comes
/// before each of these.
@AutoConfiguration(
        after = SslAutoConfiguration.class,
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TidingsProperties.class)
public final class TidingsAutoConfiguration {
    private final TidingsProperties properties;
    private final Environment environment;

    TidingsAutoConfiguration(TidingsProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /// By the JSON mapper that the rest of the program uses.
    @Bean
    @ConditionalOnMissingBean
    JsonMapping tidingsJson(ObjectProvider<JsonMapper> mapper) {
        return JsonMapping.jackson(
                mapper.getIfAvailable(() -> JsonMapper.builder().build()));
    }

    @Bean
    @ConditionalOnMissingBean
    Credentials tidingsCredentials() {
        String key = properties.apiKey();
        String token = properties.token();
        if (key != null) {
            return Credentials.apiKey(key);
        }
        return token == null ? Credentials.none() : Credentials.token(() -> token);
    }

    @Bean
    @ConditionalOnProperty("tidings.ssl.bundle")
    ConnectingCustomizer tidingsSsl(SslBundles bundles) {
        String name = String.valueOf(properties.ssl().bundle());
        return connecting -> connecting.tls(bundles.getBundle(name).createSslContext());
    }

    /// A new one for each who asks: programs with two brokers may begin with it.
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    @ConditionalOnMissingBean
    Connecting tidingsConnecting(
            Credentials credentials,
            JsonMapping json,
            ObjectProvider<FailureListener> failures,
            ObjectProvider<ConnectingCustomizer> customizers) {
        Connecting connecting = connect(properties.url())
                .credentials(credentials)
                .json(json)
                .transport(properties.transport())
                .firing(properties.firing().firing());
        String service = properties.service() == null
                ? environment.getProperty("spring.application.name")
                : properties.service();
        if (service != null) {
            connecting.service(service);
        }
        if (properties.process() != null) {
            connecting.process(properties.process());
        }
        if (properties.source() != null) {
            connecting.source(properties.source());
        }
        failures.ifUnique(connecting::onFailure);
        customizers.orderedStream().forEach(customizer -> customizer.customize(connecting));
        return connecting;
    }

    private static Connecting connect(@Nullable URI url) {
        if (url == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.url",
                    null,
                    "The broker's address is expected here, like https://events.example; or a bean of type Bus, or"
                            + " tidings.enabled=false.");
        }
        try {
            return Tidings.connect(url);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.url", url, String.valueOf(wrong.getMessage()));
        }
    }

    /// Where there are transactions, events belong to them.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    @ConditionalOnBooleanProperty(name = "tidings.firing.after-commit", matchIfMissing = true)
    static class AfterCommit {
        @Bean
        @ConditionalOnMissingBean(Bus.class)
        TransactionAwareBus tidingsBus(Connecting connecting) {
            return new TransactionAwareBus(connecting.open());
        }
    }

    /// Where the configuration above does not hold.
    @Bean
    @ConditionalOnMissingBean
    Bus tidingsBus(Connecting connecting) {
        return connecting.open();
    }

    /// Lazy, as the next ones, for programs whose bus has no broker.
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Streams tidingsStreams(Bus bus) {
        return connected(bus).streams();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Payloads tidingsPayloads(Bus bus) {
        return connected(bus).payloads();
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Subscriptions tidingsSubscriptions(Bus bus) {
        return connected(bus).subscriptions();
    }

    private static BrokerBus connected(Bus bus) {
        Bus beneath = bus instanceof TransactionAwareBus aware ? aware.beneath() : bus;
        if (beneath instanceof BrokerBus connected) {
            return connected;
        }
        throw new IllegalStateException(
                "a bean of Bus is expected that leads to a broker, which has streams, payloads and subscriptions;"
                        + " found one inside the process. A test has beans of its own for them");
    }

    @Bean
    TidingsListeners tidingsListeners(Bus bus, ConfigurableListableBeanFactory beans) {
        return new TidingsListeners(bus, new ListenerScan(beans, properties.listener()));
    }
}
