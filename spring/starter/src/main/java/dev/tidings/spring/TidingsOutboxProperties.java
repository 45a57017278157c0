package dev.tidings.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What can be configured of the outbox.
///
/// @param enabled  Whether there is an outbox.
/// @param table    Where it is: table, or schema.table.
/// @param relay    Whether this process publishes what is in the outbox; it takes turns with others that do.
/// @param batch    How many events one request has at most.
/// @param bytes    How much JSON one request has at most, where it has more than one event.
/// @param interval How often the outbox is looked at while nobody tells of events.
/// @param patience How long an answer of the broker is waited for while the others wait.
@ConfigurationProperties("tidings.outbox")
public record TidingsOutboxProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("tidings_outbox") String table,
        @DefaultValue("true") boolean relay,
        @DefaultValue("500") int batch,
        @DefaultValue("512KB") DataSize bytes,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("30s") Duration patience) {}
