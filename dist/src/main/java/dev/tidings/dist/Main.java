package dev.tidings.dist;

import dev.tidings.broker.catalog.CatalogProblem;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.catalog.SchemaCheck;
import dev.tidings.broker.schemas.SchemaLending;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.cli.Apply;
import dev.tidings.cli.Backup;
import dev.tidings.cli.Consume;
import dev.tidings.cli.Listen;
import dev.tidings.cli.Produce;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Tidings;
import dev.tidings.cli.Version;
import dev.tidings.dist.demo.Demo;
import dev.tidings.node.ProductVersion;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The way in.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(run(terminal(environment), environment, arguments));
    }

    /// Runs a command; the exit code.
    public static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        Random random = new Random();
        SchemaCheck schemas = new SchemaLending(new Schemas(Schemas.Limits.DEFAULT));
        List<Object> commands = List.of(
                new Serve(terminal, environment),
                new Demo(terminal),
                new Produce(terminal, Thread::sleep, random),
                new Consume(terminal, Thread::sleep, random),
                new Listen(terminal, InstantSource.system(), random),
                new Apply(terminal, catalog -> problems(catalog, schemas)),
                new Check(terminal, environment, schemas),
                new Backup(terminal, Thread::sleep),
                new RestoreStore(terminal),
                new Verify(terminal),
                new SalvageStore(terminal),
                new Version(terminal, ProductVersion.current()));
        return Tidings.run(terminal, commands, arguments);
    }

    private static List<String> problems(String catalog, SchemaCheck schemas) {
        return switch (CatalogText.read(catalog, schemas)) {
            case CatalogRead.Invalid(var problems) ->
                problems.stream().map(CatalogProblem::toString).toList();
            case CatalogRead.Read _ -> List.of();
        };
    }

    /// The launcher says which of the three streams are a person's: Java can tell only all at once.
    private static Terminal terminal(Map<String, String> environment) {
        boolean reads = Boolean.getBoolean("tidings.screen");
        boolean types = Boolean.getBoolean("tidings.keyboard");
        boolean colour = reads && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                new Terminal.Person(reads, types, colour));
    }
}
