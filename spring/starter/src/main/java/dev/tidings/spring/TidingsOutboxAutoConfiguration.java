package dev.tidings.spring;

import dev.tidings.client.Bus;
import dev.tidings.client.FailureListener;
import dev.tidings.outbox.Outbox;
import dev.tidings.outbox.Relay;
import dev.tidings.outbox.Relaying;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;

/// A [TransactionalOutbox] and its relay, where the program has the module `tidings-outbox` and one database.
@AutoConfiguration(
        after = TidingsAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(
        name = {"tidings.enabled", "tidings.outbox.enabled"},
        matchIfMissing = true)
@ConditionalOnClass({Outbox.class, DataSourceUtils.class})
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(TidingsOutboxProperties.class)
public final class TidingsOutboxAutoConfiguration {
    private final TidingsOutboxProperties properties;

    TidingsOutboxAutoConfiguration(TidingsOutboxProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox tidingsOutbox() {
        return new Outbox(properties.table());
    }

    @Bean
    @ConditionalOnMissingBean
    Relaying tidingsRelaying(ObjectProvider<FailureListener> refused) {
        Relaying relaying = Relaying.DEFAULT
                .withBatch(properties.batch())
                .withBytes(new dev.tidings.model.DataSize(properties.bytes().toBytes()))
                .withInterval(properties.interval())
                .withPatience(properties.patience());
        FailureListener listener = refused.getIfUnique();
        return listener == null ? relaying : relaying.onRefused(listener);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "tidings.outbox.relay", matchIfMissing = true)
    OutboxRelay tidingsOutboxRelay(Outbox outbox, DataSource database, Bus bus, Relaying relaying) {
        return new OutboxRelay(() -> new Relay(outbox, database, bus, relaying));
    }

    @Bean
    @ConditionalOnMissingBean
    TransactionalOutbox tidingsTransactionalOutbox(
            Outbox outbox, DataSource database, ObjectProvider<OutboxRelay> relay) {
        return new TransactionalOutbox(outbox, database, () -> relay.ifAvailable(OutboxRelay::wake));
    }
}
