package dev.tidings.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `tidings backup`: has a running broker copy its store.
@Command(
        name = "backup",
        description = {
            "Has a running broker copy its store into a new directory under its backup.directory, and waits until that"
                    + " is done. All that was acknowledged before is in the copy, and what is new in it has been read"
                    + " back and holds. What has not changed since the last backup takes no space and little time.",
            "",
            "Each backup is whole: any of them may be deleted, and 'tidings restore' needs just one.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings backup --key-file admin.key",
            "  tidings backup --list",
            "",
            "Exit codes: 0 done; 1 refused by the broker (no backup.directory is configured, one is under way, or the"
                    + " caller is no administrator); 2 wrong option; 65 it failed, so there is no backup; 69 no broker"
                    + " answered."
        })
public final class Backup implements Callable<Integer> {
    private static final String PATH = "/admin/backups";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final long MIB = 1 << 20;

    private final Terminal terminal;
    private final Pause pause;

    @Mixin
    private BrokerOptions broker = new BrokerOptions();

    @Option(names = "--list", description = "Only list the backups there are.")
    private boolean list;

    public Backup(Terminal terminal, Pause pause) {
        this.terminal = terminal;
        this.pause = pause;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (BrokerClient client = broker.connect()) {
            return list ? list(client) : make(client);
        }
    }

    private int list(BrokerClient client) throws InterruptedException {
        send(client, "GET", PATH)
                .path("backups")
                .forEach(backup -> terminal.out().println(line(backup)));
        return ExitCode.OK;
    }

    private int make(BrokerClient client) throws InterruptedException {
        String name = send(client, "POST", PATH).path("name").asString("");
        JsonNode backup = send(client, "GET", PATH + "/" + name);
        while (backup.path("state").asString("").equals("running")) {
            terminal.progress(name + ": under way");
            pause.of(BETWEEN_LOOKS);
            backup = send(client, "GET", PATH + "/" + name);
        }
        terminal.endProgress();
        if (backup.path("state").asString("").equals("failed")) {
            throw new Complaint(
                    ExitCode.DAMAGED, name + " failed: " + backup.path("reason").asString("no reason was told"));
        }
        terminal.out().println(line(backup));
        return ExitCode.OK;
    }

    private static String line(JsonNode backup) {
        String name = backup.path("name").asString("?");
        return switch (backup.path("state").asString("")) {
            case "done" ->
                "%s: done, %d files, %d MiB"
                        .formatted(
                                name,
                                backup.path("files").asLong(),
                                (backup.path("bytes").asLong() + MIB - 1) / MIB);
            case "failed" -> name + ": failed: " + backup.path("reason").asString("");
            default -> name + ": under way";
        };
    }

    private static JsonNode send(BrokerClient client, String method, String path) throws InterruptedException {
        Answer answer;
        try {
            answer = client.send(method, path, null);
        } catch (IOException e) {
            throw new Complaint(ExitCode.UNAVAILABLE, client.base() + ": " + Reasons.of(e));
        }
        if (answer.ok()) {
            return answer.json();
        }
        throw new Complaint(
                answer.retryable() ? ExitCode.UNAVAILABLE : ExitCode.REFUSED,
                answer.problem().line());
    }
}
