package dev.tidings.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fuzzes one target in a process of its own: Jazzer takes one target a process, and what runs out of memory or hangs
/// is ended with it.
public final class Run {
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");
    /// How long one input may take, and how much memory: no target needs a hundredth of it.
    private static final int TIMEOUT_SECONDS = 20;

    private static final int HEAP_MEBIBYTES = 800;
    private static final String WATCHED =
            "dev.tidings.**:tools.jackson.dataformat.yaml.**:org.snakeyaml.**" + ":com.networknt.schema.**";
    /// What Jazzer need not watch, since nothing here speaks to it; but for patterns, which the authors of schemas may
    /// choose, and which are bounded in what they cost.
    private static final List<String> UNWATCHED = List.of(
            "ClojureLangHooks",
            "ExpressionLanguageInjection",
            "LdapInjection",
            "NamingContextLookup",
            "OsCommandInjection",
            "RegexInjection",
            "ScriptEngineInjection",
            "SqlInjection",
            "TemplateInjection",
            "UnsafeSanitizer",
            "XPathInjection",
            "XmlParserSsrfGuidance");
    /// A shorter run has no use for code that is compiled well, but late.
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Target target;
    private final Place place;

    /// @param corpus   what grows
    /// @param seeds    the resources that hold the kept inputs of all targets
    /// @param findings where inputs go that break a promise
    public record Place(Path corpus, Path seeds, Path findings) {}

    /// @param executions how many inputs were tried
    /// @param input      the one that broke a promise
    /// @param output     what Jazzer said
    public record Outcome(long executions, Optional<Path> input, String output, boolean sound) {}

    public Run(Target target, Place place) {
        this.target = target;
        this.place = place;
    }

    public Outcome fuzz(Duration howLong) throws IOException, InterruptedException {
        Path corpus = place.corpus.resolve(target.name());
        Path findings = place.findings.resolve(target.name());
        Files.createDirectories(corpus);
        Files.createDirectories(findings);
        Path output = findings.resolve("output.txt");
        Process process = new ProcessBuilder(command(howLong, corpus, findings))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int exit = process.waitFor();
            String said = Files.readString(output);
            return new Outcome(executions(said), finding(findings, said), said, exit == 0);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(Duration howLong, Path corpus, Path findings) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-XX:TieredStopAtLevel=" + (howLong.compareTo(LONG) < 0 ? 1 : 4),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--target_method=" + target.method(),
                "--instrumentation_includes=" + WATCHED,
                "--custom_hook_includes=" + WATCHED,
                "--disabled_hooks=" + unwatched(),
                "--reproducer_path=" + findings,
                "-max_total_time=" + howLong.toSeconds(),
                "-timeout=" + TIMEOUT_SECONDS,
                "-rss_limit_mb=0",
                "-artifact_prefix=" + findings + "/",
                "-print_final_stats=1",
                corpus.toString()));
        Path seeds = place.seeds.resolve(target.seeds());
        if (Files.isDirectory(seeds)) {
            command.add(seeds.toString());
        }
        return command;
    }

    private static String unwatched() {
        return UNWATCHED.stream()
                .map(hooks -> "com.code_intelligence.jazzer.sanitizers." + hooks)
                .collect(Collectors.joining(":"));
    }

    private static long executions(String output) {
        Matcher done = DONE.matcher(output);
        return done.find() ? Long.parseLong(done.group(1)) : 0;
    }

    private static Optional<Path> finding(Path findings, String output) throws IOException {
        try (Stream<Path> files = Files.list(findings)) {
            return files.filter(file -> output.contains("Test unit written to " + file))
                    .findFirst();
        }
    }
}
