package dev.tidings.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// What a job plays on: an event loop for the load, and servers with fresh stores.
public final class Stage implements AutoCloseable {
    private final Settings settings;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));

    Stage(Settings settings) {
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    Vertx vertx() {
        return vertx;
    }

    /// A broker with an empty store, the benchmark's catalog, and everything allowed.
    ServerProcess broker() throws IOException, InterruptedException {
        clear(settings.directory().resolve("data"));
        return brokerOnWhatIsStored();
    }

    ServerProcess brokerOnWhatIsStored() throws IOException, InterruptedException {
        Path catalog = Files.writeString(settings.directory().resolve("catalog.yaml"), catalog());
        return ServerProcess.start(settings, "dev.tidings.dist.Main", arguments(catalog));
    }

    /// The same, started as a user does.
    ServerProcess launchedBroker() throws IOException, InterruptedException {
        clear(settings.directory().resolve("data"));
        return launchedOnWhatIsStored();
    }

    ServerProcess launchedOnWhatIsStored() throws IOException, InterruptedException {
        Path catalog = Files.writeString(settings.directory().resolve("catalog.yaml"), catalog());
        return ServerProcess.launch(settings, arguments(catalog));
    }

    private String[] arguments(Path catalog) {
        String data = settings.directory().resolve("data").toString();
        return new String[] {"serve", "--insecure", "--catalog", catalog.toString(), "--data", data, "--port"};
    }

    ServerProcess floor() throws IOException, InterruptedException {
        return ServerProcess.start(settings, FloorServer.class.getName());
    }

    Load.Result load(Load.Plan plan, boolean withSchema, Runnable started) throws InterruptedException {
        Events events = new Events(settings.eventSize(), withSchema, Long.toString(System.nanoTime(), 36));
        return new Load(
                        vertx,
                        plan,
                        (connection, sent) -> plan.eventsPerRequest() == 1
                                ? events.one(sent)
                                : events.batch(plan.eventsPerRequest(), sent))
                .run(settings.warmup(), settings.seconds(), started);
    }

    static Load.Plan single(ServerProcess server, int connections, double rate) {
        return Load.Plan.singles(server.port(), connections, rate);
    }

    static Load.Plan batches(ServerProcess server, int connections, double rate) {
        return Load.Plan.batches(server.port(), connections, 100, rate);
    }

    /// Deletes a directory and all in it.
    public static void clear(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String catalog() {
        String schema = schema();
        StringBuilder yaml = new StringBuilder("types:\n");
        for (int i = 0; i < Events.TYPES; i++) {
            yaml.append("  ").append(Events.type(i, false)).append(": { description: plain }\n");
            yaml.append("  ")
                    .append(Events.type(i, true))
                    .append(": { schema: ")
                    .append(schema)
                    .append(" }\n");
        }
        return yaml.toString();
    }

    /// A schema that the data of all events here keep, as YAML on one line.
    public static String schema() {
        try (var resource = Stage.class.getResourceAsStream("schema.json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s*\n\\s*", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        vertx.close().await();
        clear(settings.directory());
    }
}
