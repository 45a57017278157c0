package dev.tidings.server.http;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How the server listens, and what it grants to connections.
///
/// @param host       the address to listen on
/// @param port       0: any free one
/// @param eventLoops how many threads serve connections; 0: one for each core
public record HttpConfig(String host, int port, int eventLoops, Limits limits, Deadlines deadlines) {
    public static final HttpConfig DEFAULT = new HttpConfig("127.0.0.1", 8080, 0, Limits.DEFAULT, Deadlines.DEFAULT);

    public HttpConfig {
        Rule.require(!host.isBlank(), "host is not blank");
        Rule.require(port >= 0 && port <= 65_535, "port is 0 to 65535");
        Rule.require(eventLoops >= 0, "event-loops is not negative");
    }

    public HttpConfig withPort(int newPort) {
        return new HttpConfig(host, newPort, eventLoops, limits, deadlines);
    }

    public HttpConfig withLimits(Limits newLimits) {
        return new HttpConfig(host, port, eventLoops, newLimits, deadlines);
    }

    public HttpConfig withDeadlines(Deadlines newDeadlines) {
        return new HttpConfig(host, port, eventLoops, limits, newDeadlines);
    }

    /// How much of each.
    ///
    /// @param request     the body of a request that holds events, decompressed
    /// @param document    the body of a request to the administration
    /// @param bodies      all bodies of requests that are not answered yet, together
    /// @param onLoop      bodies up to this size are read on the event loop, larger and compressed ones by workers
    /// @param connections open at a time
    /// @param headers     all headers of a request together
    /// @param requestLine method, address and version together
    public record Limits(
            DataSize request,
            DataSize document,
            DataSize bodies,
            DataSize onLoop,
            int connections,
            DataSize headers,
            DataSize requestLine) {
        public static final Limits DEFAULT = new Limits(
                DataSize.ofMebibytes(1),
                DataSize.ofMebibytes(8),
                DataSize.ofMebibytes(128),
                DataSize.ofKibibytes(64),
                20_000,
                DataSize.ofKibibytes(32),
                DataSize.ofKibibytes(8));

        public Limits {
            Rule.require(request.bytes() >= 1, "request is at least one byte");
            Rule.require(document.compareTo(request) >= 0, "document is at least as large as request");
            Rule.require(document.bytes() <= DataSize.ofMebibytes(256).bytes(), "document is at most 256MiB");
            Rule.require(bodies.bytes() >= 2 * document.bytes(), "bodies is at least twice as large as document");
            Rule.require(connections >= 1, "connections is at least 1");
            Rule.require(within(headers, 1, 1024), "headers is 1KiB to 1MiB");
            Rule.require(within(requestLine, 1, 64), "request-line is 1KiB to 64KiB");
        }

        public Limits withRequest(DataSize newRequest) {
            return new Limits(newRequest, document, bodies, onLoop, connections, headers, requestLine);
        }

        public Limits withBodies(DataSize newBodies) {
            return new Limits(request, document, newBodies, onLoop, connections, headers, requestLine);
        }

        public Limits withConnections(int newConnections) {
            return new Limits(request, document, bodies, onLoop, newConnections, headers, requestLine);
        }

        private static boolean within(DataSize size, int least, int most) {
            return size.bytes() >= least * 1024L && size.bytes() <= most * 1024L;
        }
    }

    /// How long a client may take. What is late is closed.
    ///
    /// @param head   for the request line and the headers, from their first byte
    /// @param body   for the body
    /// @param answer to take an answer off our hands
    /// @param idle   between two requests on one connection
    /// @param linger after a request was refused before its body was read: that long the rest is thrown away, so
    ///               that the client can read the answer
    /// @param stall  to take anything at all of an answer that goes on and on, while there is something for it
    public record Deadlines(
            Duration head, Duration body, Duration answer, Duration idle, Duration linger, Duration stall) {
        public static final Deadlines DEFAULT = new Deadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(75),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));

        public Deadlines {
            positive(head, "head");
            positive(body, "body");
            positive(answer, "answer");
            positive(idle, "idle");
            positive(linger, "linger");
            positive(stall, "stall");
        }

        public Deadlines withHead(Duration newHead) {
            return new Deadlines(newHead, body, answer, idle, linger, stall);
        }

        public Deadlines withBody(Duration newBody) {
            return new Deadlines(head, newBody, answer, idle, linger, stall);
        }

        public Deadlines withAnswer(Duration newAnswer) {
            return new Deadlines(head, body, newAnswer, idle, linger, stall);
        }

        public Deadlines withIdle(Duration newIdle) {
            return new Deadlines(head, body, answer, newIdle, linger, stall);
        }

        public Deadlines withStall(Duration newStall) {
            return new Deadlines(head, body, answer, idle, linger, newStall);
        }

        private static void positive(Duration duration, String name) {
            Rule.require(!duration.isNegative() && !duration.isZero(), name + " is longer than nothing");
        }
    }
}
