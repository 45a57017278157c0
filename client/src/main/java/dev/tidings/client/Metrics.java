package dev.tidings.client;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// Is told what buses do, while they do it, by whichever thread does it. What is told neither waits nor throws.
/// By Micrometer: [dev.tidings.client.metrics.MicrometerMetrics]. One may serve several buses.
public interface Metrics {
    /// A bus to a broker was opened.
    ///
    /// @param buffer how much it lets wait
    Sending sending(DataSize buffer);

    /// A listener was opened.
    ///
    /// @param listener its name
    Receiving receiving(String listener);

    /// What the broker said to a request.
    enum Answer {
        /// All of it is durable.
        ACCEPTED,
        /// It will never be taken as it is.
        REFUSED,
        /// It may be taken later, and is sent again.
        UNAVAILABLE
    }

    /// From a bus to its broker.
    interface Sending {
        /// [Bus#fire] took an event of so many bytes of JSON.
        void fired(int bytes);

        /// [Bus#fire] threw [BufferFullException].
        void overflowed();

        /// So many fired events, of so many bytes in all, now wait to be taken or are under way.
        void waiting(long events, long bytes);

        /// A request to publish, of fired events or of others, was answered.
        void answered(Answer answer, Duration took);

        /// Events are durable; duplicates among them.
        void accepted(int events, int duplicates);

        /// Events were refused, and will not be sent again.
        void refused(int events);

        /// The bus was closed.
        void close();
    }

    /// From a broker, or from inside the process, to the handler of a listener.
    interface Receiving {
        /// Whether there is a connection to the broker now.
        void connected(boolean now);

        /// An event is in hand: it waits for the handler, is with it, or waits for its next try.
        void received();

        /// The handler returned: the event is no longer in hand.
        void handled(Duration took);

        /// The handler threw; what becomes of the event is told next, or it is tried again.
        void failed(Duration took);

        /// The handler threw [RetryLaterException]; it is told next that the event was released, or inside one process
        /// it is handled again.
        void postponed(Duration took);

        /// The event was given up: it is no longer in hand.
        void dead();

        /// The event is no longer in hand, but comes again: it was given back, or its connection was lost.
        void released();

        /// The listener was closed: nothing is in hand any more.
        void close();
    }

    /// Tells nobody.
    static Metrics none() {
        return new Unmeasured();
    }
}
