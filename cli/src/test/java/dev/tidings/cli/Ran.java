package dev.tidings.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What a command did, run in this process.
///
/// @param pauses how long it would have waited
record Ran(int exitCode, String out, String err, List<Duration> pauses) {
    static Ran command(String input, String... arguments) {
        return command(input, Terminal.Person.NOBODY, arguments);
    }

    static Ran command(String input, Terminal.Person person, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<Duration> pauses = new ArrayList<>();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                person);
        Random random = new Random(7);
        List<Object> commands = List.of(
                new Produce(terminal, pauses::add, random),
                new Consume(terminal, pauses::add, random),
                new Listen(terminal, InstantSource.system(), random),
                new Apply(terminal, catalog -> catalog.contains("wrong") ? List.of("line 1: wrong") : List.of()),
                new Version(terminal, "1.2.3"));
        int code = Tidings.run(terminal, commands, arguments);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), pauses);
    }
}
