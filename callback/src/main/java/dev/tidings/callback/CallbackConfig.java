package dev.tidings.callback;

import dev.tidings.broker.consuming.Singly;
import dev.tidings.callback.sink.AllowList;
import dev.tidings.callback.sink.NameServer;
import dev.tidings.model.DataSize;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How events are delivered to HTTP sinks.
///
/// @param origin       by what name sinks know this broker (`WebHook-Request-Origin`). None: the host of
///                     `server.public-address`, else `tidings`
/// @param allow        host names, addresses and blocks of addresses (`10.1.0.0/16`) that may be called although they
///                     are not public, and without TLS; with `insecure` this machine is always among them
/// @param nameServers  who tells where names lead: addresses, with a port (`10.0.0.53:5353`, `[fd00::53]:53`) where it
///                     is not 53. None: those of this machine
/// @param timeout      how long a sink may take for its whole answer, connecting included
/// @param idle         how long a connection to a sink is kept for the next request
/// @param answer       how much of the body of an answer is read
/// @param concurrency  how many requests of one subscription are under way at once, where it does not say
/// @param window       how many events of one subscription are in memory at once
/// @param windowSize   how many bytes of them at most (the last event may overshoot)
/// @param memory       how many bytes of events all subscriptions together have in memory, in equal shares; each has
///                     one event at least. Where the heap is small, it is lowered
/// @param batch        how many events a request holds in batch mode
/// @param batchSize    how many bytes of events it holds (the last event may overshoot)
/// @param permission   after what time a sink is asked again whether it wants to be called
/// @param longestPause how long a sink may ask to be left alone by `Retry-After`
public record CallbackConfig(
        @Nullable String origin,
        List<String> allow,
        List<String> nameServers,
        Duration timeout,
        Duration idle,
        DataSize answer,
        int concurrency,
        int window,
        DataSize windowSize,
        DataSize memory,
        int batch,
        DataSize batchSize,
        Duration permission,
        Duration longestPause,
        RetrySection retry,
        BreakerSection breaker) {
    public static final CallbackConfig DEFAULT = new CallbackConfig(
            null,
            List.of(),
            List.of(),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            DataSize.ofKibibytes(16),
            8,
            256,
            DataSize.ofKibibytes(512),
            DataSize.ofMebibytes(64),
            100,
            DataSize.ofKibibytes(256),
            Duration.ofDays(1),
            Duration.ofDays(1),
            RetrySection.DEFAULT,
            BreakerSection.DEFAULT);

    public CallbackConfig {
        allow = List.copyOf(allow);
        var _ = AllowList.of(allow);
        nameServers = List.copyOf(nameServers);
        nameServers.forEach(NameServer::parse);
        require(origin == null || origin.matches("[A-Za-z0-9._-]{1,253}"), "origin is a DNS name");
        require(timeout.compareTo(Duration.ofSeconds(1)) >= 0, "timeout is at least 1s");
        require(idle.compareTo(Duration.ofSeconds(1)) >= 0, "idle is at least 1s");
        require(answer.bytes() >= 0 && answer.bytes() <= 1 << 20, "answer is at most 1MiB");
        require(concurrency >= 1 && concurrency <= 1_000, "concurrency is 1 to 1000");
        require(window >= concurrency && window <= 10_000, "window is at least concurrency, at most 10000");
        require(batch >= 1 && batch <= window, "batch is 1 to window");
        require(windowSize.bytes() >= 1 && windowSize.bytes() <= 1 << 30, "window-size is 1B to 1GiB");
        require(memory.bytes() >= 1, "memory is at least 1B");
        require(batchSize.bytes() >= 1, "batch-size is at least 1B");
        require(permission.compareTo(Duration.ofMinutes(1)) >= 0, "permission is at least 1m");
        require(!longestPause.isNegative(), "longest-pause is not negative");
    }

    public CallbackConfig withMemory(DataSize newMemory) {
        return new CallbackConfig(
                origin,
                allow,
                nameServers,
                timeout,
                idle,
                answer,
                concurrency,
                window,
                windowSize,
                newMemory,
                batch,
                batchSize,
                permission,
                longestPause,
                retry,
                breaker);
    }

    public CallbackConfig withNameServers(List<String> newNameServers) {
        return new CallbackConfig(
                origin,
                allow,
                newNameServers,
                timeout,
                idle,
                answer,
                concurrency,
                window,
                windowSize,
                memory,
                batch,
                batchSize,
                permission,
                longestPause,
                retry,
                breaker);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /// How failed deliveries are tried again, where a subscription does not say.
    ///
    /// @param first   the longest that the first wait may be; doubled each time. Every wait is a random part of
    ///                that
    /// @param longest the longest that any wait may be
    /// @param giveUp  for how long an event is tried; then it is dead
    public record RetrySection(Duration first, Duration longest, Duration giveUp) {
        public static final RetrySection DEFAULT =
                new RetrySection(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ofDays(3));

        public RetrySection {
            require(first.compareTo(Duration.ofMillis(500)) >= 0, "first is at least 500ms");
            require(longest.compareTo(first) >= 0, "longest is at least first");
            require(longest.compareTo(Singly.LONGEST_DELAY) <= 0, "longest is at most 7d");
            require(!giveUp.isNegative(), "give-up is not negative");
        }
    }

    /// When a sink that fails is left alone.
    ///
    /// @param failures after how many failures in a row
    /// @param first    for how long at first; then one request finds out, and if that fails it is twice as long
    /// @param longest  for how long at most
    public record BreakerSection(int failures, Duration first, Duration longest) {
        public static final BreakerSection DEFAULT =
                new BreakerSection(5, Duration.ofSeconds(5), Duration.ofMinutes(5));

        public BreakerSection {
            require(failures >= 1, "failures is at least 1");
            require(!first.isNegative() && longest.compareTo(first) >= 0, "longest is at least first");
        }
    }
}
