package dev.tidings.it;

import dev.tidings.client.Bus;
import dev.tidings.client.Embedding;
import dev.tidings.client.Receipt;
import dev.tidings.client.Tidings;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A program with a broker inside, whose disk fails: it goes on, and tells what it sees. What it is started with is the
/// directory of the store, and the file with whose existence syncs fail.
final class HostProgram {
    private HostProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path store = Path.of(arguments[0]);
        Path trigger = Path.of(arguments[1]);
        CompletableFuture<String> stopped = new CompletableFuture<>();
        try (Bus bus = in(store).onStoreFailure(stopped::complete).open()) {
            bus.publish(List.of(event(bus, "a"))).join();
            Files.createFile(trigger);
            CompletableFuture<Receipt> late = bus.publish(List.of(event(bus, "b")));
            System.out.println("stopped: " + stopped.join());
            System.out.println("acknowledged: " + (late.isDone() && !late.isCompletedExceptionally()));
        }
        Files.delete(trigger);
        CompletableFuture<String> handled = new CompletableFuture<>();
        try (Bus bus = in(store).open()) {
            bus.listen("print", Shop.PLACED, String.class, handled::complete);
            System.out.println("again: " + handled.join());
        }
    }

    private static CloudEvent event(Bus bus, String text) {
        return bus.event(Shop.PLACED).id(text).key("k").data(text).build(); // of one key, so that a is first
    }

    private static Embedding in(Path store) {
        return Tidings.embedded(store).service("host").bus(connecting -> connecting.source(URI.create(Shop.SOURCE)));
    }
}
