package dev.tidings.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Posts bodies over a number of connections, one request at a time on each. With a rate the load is open: a request
/// has a time at which it is meant to go, waits for a free connection if there is none, and its latency counts from the
/// meant time. Without a rate each connection sends as soon as it has its answer. A body that was refused, or whose
/// connection broke, is sent again on the same connection before the next, so what a connection sends stays in order.
public final class Load {
    private static final long RESEND_MILLIS = 100;

    /// What to send, and how.
    ///
    /// @param eventsPerRequest how many events a body holds
    /// @param rate             requests a second; 0: as fast as answers come
    /// @param perConnection    after how many requests a connection is closed and opened anew; 0: never
    public record Plan(
            int port,
            String path,
            String contentType,
            int connections,
            int eventsPerRequest,
            double rate,
            int perConnection) {
        /// One event a request.
        public static Plan singles(int port, int connections, double rate) {
            return new Plan(port, "/ce/produce/event", "application/cloudevents+json", connections, 1, rate, 0);
        }

        /// Some events a request.
        public static Plan batches(int port, int connections, int events, double rate) {
            return new Plan(
                    port, "/ce/produce/events", "application/cloudevents-batch+json", connections, events, rate, 0);
        }

        public Plan reconnecting(int each) {
            return new Plan(port, path, contentType, connections, eventsPerRequest, rate, each);
        }
    }

    /// Makes what is sent next on one of the connections.
    public interface Bodies {
        byte[] next(int connection, long meantNanos);
    }

    /// What came of it.
    public record Result(long events, long failures, double seconds, Histogram latencyMicros) {
        public double perSecond() {
            return events / seconds;
        }
    }

    private final Vertx vertx;
    private final Plan plan;

    /// Held here because Vert.x closes the connections of a client that nobody holds.
    private final NetClient client;

    private final Bodies bodies;
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final ArrayDeque<Lane> free = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
    private long acknowledged;
    private long failures;
    private double rate;
    private long lapFrom;
    private long began;
    private long sent;
    private boolean stopped;

    /// @param vertx has one event loop, on which all of this happens
    public Load(Vertx vertx, Plan plan, Bodies bodies) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.plan = plan;
        this.rate = plan.rate;
        this.bodies = bodies;
    }

    /// Runs for the warm-up, calls `started`, runs for the measured time, and returns what was counted in it.
    public Result run(double warmupSeconds, double seconds, Runnable started) throws InterruptedException {
        start();
        Thread.sleep(millis(warmupSeconds));
        lap();
        started.run();
        Thread.sleep(millis(seconds));
        Result result = lap();
        stop();
        return result;
    }

    /// Opens the connections, and begins.
    public void start() {
        onLoop(() -> {
            lapFrom = System.nanoTime();
            began = lapFrom;
            for (int i = 0; i < plan.connections; i++) {
                Lane lane = new Lane(i);
                lanes.add(lane);
                lane.connect();
            }
            if (rate > 0) {
                vertx.setPeriodic(1, this::tick);
            }
            return true;
        });
    }

    /// Goes on at another rate, above 0; what waited for a free connection is forgotten. For a load that has a rate.
    public void pace(double requestsPerSecond) {
        onLoop(() -> {
            rate = requestsPerSecond;
            sent = 0;
            began = System.nanoTime();
            waiting.clear();
            return true;
        });
    }

    /// What was counted since the last lap, or since the start.
    public Result lap() {
        return onLoop(() -> {
            long now = System.nanoTime();
            Result result = new Result(acknowledged, failures, (now - lapFrom) / 1e9, latency.copy());
            acknowledged = 0;
            failures = 0;
            latency.reset();
            lapFrom = now;
            return result;
        });
    }

    /// Sends nothing new, and returns once everything sent was acknowledged, or after ten seconds.
    public void stop() {
        onLoop(() -> {
            stopped = true;
            waiting.clear();
            endWhereIdle();
            return true;
        });
        idle.completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
        onLoop(() -> {
            lanes.forEach(Lane::end);
            return true;
        });
    }

    private <T> T onLoop(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        vertx.runOnContext(nothing -> done.complete(work.get()));
        return done.join();
    }

    private static long millis(double seconds) {
        return Math.max(1, Math.round(seconds * 1000));
    }

    private void tick(long timer) {
        if (stopped) {
            vertx.cancelTimer(timer);
            return;
        }
        long due = (long) ((System.nanoTime() - began) / 1e9 * rate);
        while (sent < due) {
            long meant = began + (long) (sent++ / rate * 1e9);
            Lane lane = free.poll();
            if (lane == null) {
                waiting.add(meant);
            } else {
                lane.next(meant);
            }
        }
    }

    private void endWhereIdle() {
        if (stopped && lanes.stream().allMatch(lane -> lane.underWay == null)) {
            idle.complete(null);
        }
    }

    /// One connection, and those that take its place.
    private final class Lane {
        private final int number;
        private @Nullable NetSocket socket;
        private byte @Nullable [] underWay;
        private long meant;
        private long requests;
        private boolean ended;
        private Buffer rest = Buffer.buffer();

        Lane(int number) {
            this.number = number;
        }

        void connect() {
            client.connect(plan.port, "127.0.0.1")
                    .onSuccess(this::connected)
                    .onFailure(refused -> vertx.setTimer(RESEND_MILLIS, timer -> reconnect()));
        }

        private void connected(NetSocket opened) {
            socket = opened;
            rest = Buffer.buffer();
            opened.handler(this::received);
            opened.closeHandler(nothing -> broken(opened));
            if (underWay == null) {
                goOn();
            } else {
                send();
            }
        }

        private void broken(NetSocket closed) {
            if (closed == socket) {
                socket = null;
                free.remove(this);
                failures += underWay == null ? 0 : 1;
                vertx.setTimer(RESEND_MILLIS, timer -> reconnect());
            }
        }

        private void reconnect() {
            if (!ended) {
                connect();
            }
        }

        void end() {
            ended = true;
            if (socket != null) {
                NetSocket closing = socket;
                socket = null;
                closing.close();
            }
        }

        void next(long meantNanos) {
            meant = meantNanos;
            underWay = bodies.next(number, meantNanos);
            send();
        }

        private void send() {
            if (underWay == null || socket == null) {
                return;
            }
            String head = "POST " + plan.path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: " + plan.contentType
                    + "\r\ncontent-length: " + underWay.length + "\r\n\r\n";
            socket.write(Buffer.buffer(head.length() + underWay.length)
                    .appendBytes(head.getBytes(StandardCharsets.ISO_8859_1))
                    .appendBytes(underWay));
        }

        private void received(Buffer chunk) {
            rest = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
            int status = Answers.statusIfWhole(rest);
            if (status == 0) {
                return;
            }
            rest = Buffer.buffer();
            if (status != 200) {
                failures++;
                vertx.setTimer(RESEND_MILLIS, timer -> send());
                return;
            }
            acknowledged += plan.eventsPerRequest;
            latency.recordValue(Math.min(
                    TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - meant), latency.getHighestTrackableValue()));
            underWay = null;
            requests++;
            if (plan.perConnection > 0 && requests % plan.perConnection == 0 && socket != null) {
                socket.close();
            } else {
                goOn();
            }
        }

        private void goOn() {
            if (stopped) {
                endWhereIdle();
            } else if (rate == 0) {
                next(System.nanoTime());
            } else if (waiting.isEmpty()) {
                free.add(this);
            } else {
                next(waiting.poll());
            }
        }
    }
}
