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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/// Posts bodies over a number of connections, one request at a time on each. With a rate the load is open: a request
/// has
/// a time at which it is meant to go, waits for a free connection if there is none, and its latency counts from the
/// meant time. Without a rate each connection sends as soon as it has its answer.
public final class Load {
    /// What to send, and how.
    ///
    /// @param eventsPerRequest how many events a body holds
    /// @param rate             requests a second; 0: as fast as answers come
    public record Plan(int port, String path, String contentType, int connections, int eventsPerRequest, double rate) {}

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

    private final LongFunction<byte[]> body;
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final ArrayDeque<Lane> free = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final List<NetSocket> sockets = new ArrayList<>();
    private long acknowledged;
    private long failures;
    private long began;
    private long sent;
    private boolean measuring;
    private boolean stopped;

    public Load(Vertx vertx, Plan plan, LongFunction<byte[]> body) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.plan = plan;
        this.body = body;
    }

    /// Runs for the warm-up, calls `started`, runs for the measured time, and returns what was counted in it.
    public Result run(double warmupSeconds, double seconds, Runnable started) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(plan.connections);
        CountDownLatch done = new CountDownLatch(1);
        vertx.runOnContext(nothing -> {
            for (int i = 0; i < plan.connections; i++) {
                client.connect(plan.port, "127.0.0.1").onSuccess(socket -> {
                    sockets.add(socket);
                    free.add(new Lane(socket));
                    opened.countDown();
                });
            }
        });
        opened.await();
        double[] measured = new double[1];
        vertx.runOnContext(nothing -> begin());
        vertx.setTimer(millis(warmupSeconds), timer -> {
            latency.reset();
            acknowledged = 0;
            failures = 0;
            measuring = true;
            long from = System.nanoTime();
            started.run();
            vertx.setTimer(millis(seconds), end -> {
                measuring = false;
                stopped = true;
                measured[0] = (System.nanoTime() - from) / 1e9;
                sockets.forEach(NetSocket::close);
                done.countDown();
            });
        });
        done.await();
        return new Result(acknowledged, failures, measured[0], latency);
    }

    private static long millis(double seconds) {
        return Math.max(1, Math.round(seconds * 1000));
    }

    private void begin() {
        began = System.nanoTime();
        if (plan.rate == 0) {
            while (!free.isEmpty()) {
                free.poll().send(System.nanoTime());
            }
        } else {
            vertx.setPeriodic(1, this::tick);
        }
    }

    private void tick(long timer) {
        if (stopped) {
            vertx.cancelTimer(timer);
            return;
        }
        long due = (long) ((System.nanoTime() - began) / 1e9 * plan.rate);
        while (sent < due) {
            long meant = began + (long) (sent++ / plan.rate * 1e9);
            Lane lane = free.poll();
            if (lane == null) {
                waiting.add(meant);
            } else {
                lane.send(meant);
            }
        }
    }

    /// One connection.
    private final class Lane {
        private final NetSocket socket;
        private long meant;
        private Buffer rest = Buffer.buffer();

        Lane(NetSocket socket) {
            this.socket = socket;
            socket.handler(this::received);
        }

        void send(long meantNanos) {
            meant = meantNanos;
            byte[] content = body.apply(meantNanos);
            String head = "POST " + plan.path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: " + plan.contentType
                    + "\r\ncontent-length: " + content.length + "\r\n\r\n";
            socket.write(Buffer.buffer(head.length() + content.length)
                    .appendBytes(head.getBytes(StandardCharsets.ISO_8859_1))
                    .appendBytes(content));
        }

        private void received(Buffer chunk) {
            rest = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
            int status = Answers.statusIfWhole(rest);
            if (status == 0) {
                return;
            }
            rest = Buffer.buffer();
            if (status == 200) {
                acknowledged += measuring ? plan.eventsPerRequest : 0;
            } else {
                failures++;
            }
            if (measuring) {
                latency.recordValue(Math.min(
                        TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - meant), latency.getHighestTrackableValue()));
            }
            goOn();
        }

        private void goOn() {
            if (stopped) {
                return;
            }
            if (plan.rate == 0) {
                send(System.nanoTime());
            } else if (waiting.isEmpty()) {
                free.add(this);
            } else {
                send(waiting.poll());
            }
        }
    }
}
