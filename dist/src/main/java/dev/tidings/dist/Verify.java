package dev.tidings.dist;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Reasons;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.verify.Findings;
import dev.tidings.engine.segmented.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings verify`: whether a store is as it was written.
@Command(
        name = "verify",
        description = {
            "Reads every byte of a store, or of a backup, that no server has open, and tells what is not as it was"
                    + " written: file, place, and what it means. Changes nothing.",
            "",
            "To verify the store of a running server, make a backup of it: that is verified as it is made.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings verify --data /var/lib/tidings",
            "  tidings verify --data /backup/tidings/2026-11-27T20-30-00Z",
            "",
            "Exit codes: 0 all is as it was written; 2 no store, or in use; 65 damaged: 'tidings salvage' makes a new"
                    + " store of what holds."
        })
final class Verify implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--data", paramLabel = "DIR", description = "The directory of the store. Default: data.")
    private Path data = Path.of("data");

    Verify(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Findings findings = look();
        findings.notes().forEach(note -> terminal.tell(terminal.paint(Colour.NOTE, "note") + " " + note));
        findings.damage().forEach(damage -> terminal.tell(terminal.paint(Colour.BAD, "damaged") + " " + damage));
        boolean sound = findings.damage().isEmpty();
        terminal.out()
                .println(data + ": "
                        + (sound
                                ? "sound"
                                : "damaged in "
                                        + Amounts.number(findings.damage().size(), "place")) + ": "
                        + Amounts.of(findings.content()));
        return sound ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private Findings look() {
        try (RealDisk disk = RealDisk.reading(data)) {
            return Verification.of(disk);
        } catch (CannotOpen e) {
            throw Complaint.wrongInput(Reasons.of(e));
        } catch (IOException e) {
            throw Complaint.wrongInput(data + " cannot be read: " + Reasons.of(e));
        }
    }
}
