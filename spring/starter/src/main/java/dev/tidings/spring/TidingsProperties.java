package dev.tidings.spring;

import dev.tidings.client.Firing;
import dev.tidings.client.Listening;
import dev.tidings.client.Retrying;
import dev.tidings.client.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.util.unit.DataSize;

/// What can be configured. Each record is checked when it is made, so that a program with a wrong setting does not
/// start.
///
/// @param enabled  Whether there is a bus, and whether listeners listen.
/// @param url      Address of the broker, such as https://events.example.
/// @param apiKey   Key that the broker's catalog knows. A bean of type Credentials wins.
/// @param token    Token of an issuer that the broker trusts. A bean of type Credentials wins.
/// @param service  What the program is called in the exchange: with a listener's name it makes the name of a group. By
///                 default spring.application.name.
/// @param process  What this process is called within its service, the same after a restart and no other's. By default
///                 a random name.
/// @param source   Source of events that name none.
/// @param transport How events come to listeners.
/// @param ssl      of connections to the broker
/// @param firing   how fired events are sent
/// @param listener how listeners listen that do not say it themselves
/// @param inbox    of listeners whose events take effect once
@ConfigurationProperties("tidings")
public record TidingsProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable URI url,
        @Nullable String apiKey,
        @Nullable String token,
        @Nullable String service,
        @Nullable String process,
        @Nullable URI source,
        @DefaultValue("automatic") Transport transport,
        @DefaultValue SslProperties ssl,
        @DefaultValue FiringProperties firing,
        @DefaultValue ListenerProperties listener,
        @DefaultValue InboxProperties inbox) {

    public TidingsProperties {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(entries -> {
            entries.put("tidings.api-key", apiKey);
            entries.put("tidings.token", token);
        });
    }

    /// Nothing of the secrets.
    @Override
    public String toString() {
        return "TidingsProperties[url=" + url + ", service=" + service + ", source=" + source + "]";
    }

    /// @param bundle Name of an SSL bundle: whom to trust, and the certificate to show.
    public record SslProperties(@Nullable String bundle) {}

    /// @param batch       How many events one request has at most.
    /// @param linger      How long an event waits for others to share its request.
    /// @param buffer      How much may wait to be sent, in JSON. By default 32 MiB, or 1 GiB in a spool.
    /// @param spool       Directory where fired events wait, to survive the program. By default in memory.
    /// @param patience    How long firing waits for room in a full buffer.
    /// @param closing     How long the shutdown waits for handlers, and for what was fired.
    /// @param afterCommit Whether what is fired within a transaction is sent after its commit only.
    public record FiringProperties(
            @DefaultValue("500") int batch,
            @DefaultValue("5ms") Duration linger,
            @Nullable DataSize buffer,
            @Nullable Path spool,
            @DefaultValue("1s") Duration patience,
            @DefaultValue("10s") Duration closing,
            @DefaultValue("true") boolean afterCommit) {
        public FiringProperties {
            gathering(batch, linger).withPatience(patience).withClosing(closing);
        }

        Firing firing() {
            Firing firing = gathering(batch, linger).withPatience(patience).withClosing(closing);
            if (spool != null) {
                firing = firing.withSpool(spool);
            }
            return buffer == null ? firing : firing.withBuffer(new dev.tidings.model.DataSize(buffer.toBytes()));
        }

        private static Firing gathering(int batch, Duration linger) {
            return Firing.DEFAULT.withBatch(batch).withLinger(linger);
        }
    }

    /// @param autoStartup Whether listeners start with the program.
    /// @param from        Where new groups begin: earliest, latest, or an RFC 3339 time. By default earliest.
    /// @param concurrency How many events a listener handles at the same time, each of another key.
    /// @param inflight    How many events the broker sends ahead of their confirmation.
    /// @param ackTimeout  After how long the broker gives an event that is not confirmed to another process.
    ///                    Never where it is not set.
    /// @param backOff     How long an event waits first that is put off without saying for how long; twice as
    ///                    long each further time, up to an hour.
    /// @param retry       what becomes of events whose handler fails
    public record ListenerProperties(
            @DefaultValue("true") boolean autoStartup,
            @Nullable String from,
            @DefaultValue("4") int concurrency,
            @DefaultValue("1000") int inflight,
            @Nullable Duration ackTimeout,
            @DefaultValue("5s") Duration backOff,
            @DefaultValue RetryProperties retry) {
        public ListenerProperties {
            Listening.to("any", "any")
                    .concurrency(concurrency)
                    .inflight(inflight)
                    .backOff(backOff);
            if (ackTimeout != null) {
                Listening.to("any", "any").ackTimeout(ackTimeout);
            }
        }

        Listening listening(String name, List<String> types) {
            Listening listening = Listening.to(name, types.toArray(String[]::new))
                    .concurrency(concurrency)
                    .inflight(inflight)
                    .backOff(backOff)
                    .retrying(retry.retrying());
            listening = from == null ? listening : listening.from(from);
            return ackTimeout == null ? listening : listening.ackTimeout(ackTimeout);
        }
    }

    /// @param expiry After how long it is forgotten that an event was handled: longer than it may wait before it comes
    ///               again.
    public record InboxProperties(@DefaultValue("30d") Duration expiry) {
        public InboxProperties {
            if (expiry.isNegative() || expiry.isZero()) {
                throw new IllegalArgumentException("expiry: expected more than 0, found " + expiry);
            }
        }
    }

    /// @param attempts How often an event is tried in all before it is dead.
    /// @param first    How long to wait after the first failure; after each further one twice as long.
    /// @param longest  The longest wait.
    public record RetryProperties(
            @DefaultValue("8") int attempts,
            @DefaultValue("500ms") Duration first,
            @DefaultValue("30s") Duration longest) {
        public RetryProperties {
            new Retrying(attempts, first, longest);
        }

        Retrying retrying() {
            return retrying(attempts);
        }

        Retrying retrying(int otherAttempts) {
            return new Retrying(otherAttempts, first, longest);
        }
    }
}
