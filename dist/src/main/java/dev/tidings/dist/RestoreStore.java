package dev.tidings.dist;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Reasons;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.backup.Restore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings restore`: a store of a backup.
@Command(
        name = "restore",
        description = {
            "Makes a store of a backup, in a new directory. Each file is held against its checksum and the store is"
                    + " verified; only a store that is as it was comes into being. The backup is only read.",
            "",
            "What was accepted after the backup was made is not in the store. Consumers get again what they had not"
                    + " confirmed by then.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings restore --from /backup/tidings/2026-11-27T20-30-00.000Z --data /var/lib/tidings",
            "",
            "Exit codes: 0 done; 2 no backup, or the directory is not empty; 65 the backup is damaged."
        })
final class RestoreStore implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The directory of the backup.")
    private Path from = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "The directory of the new store; it must be empty or not exist.")
    private Path data = Path.of("");

    RestoreStore(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Restore.Restored restored = restore();
        restored.findings()
                .damage()
                .forEach(damage -> terminal.tell(terminal.paint(Colour.BAD, "damaged") + " " + damage));
        if (!restored.findings().damage().isEmpty()) {
            throw new Complaint(ExitCode.DAMAGED, "the backup " + from + " is damaged, nothing was restored");
        }
        terminal.out()
                .println(data + ": as at " + restored.created() + ": "
                        + Amounts.of(restored.findings().content()));
        return ExitCode.OK;
    }

    private Restore.Restored restore() {
        try {
            return Restore.restore(from, data);
        } catch (CannotOpen e) {
            throw Complaint.wrongInput(Reasons.of(e));
        } catch (IOException e) {
            throw Complaint.wrongInput("cannot restore " + from + ": " + Reasons.of(e));
        }
    }
}
