package dev.tidings.dist;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Reasons;
import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.engine.segmented.salvage.Salvage;
import dev.tidings.engine.segmented.salvage.Salvaged;
import dev.tidings.engine.segmented.salvage.Salvaged.OfStream;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `tidings salvage`: a new store of what a damaged one still has.
@Command(
        name = "salvage",
        description = {
            "Makes a new store of what can still be read of a damaged one: every event whose bytes hold, what groups"
                    + " have confirmed, the catalog. The damaged store is only read; keep it until you know that nothing"
                    + " more is to be had from it.",
            "",
            "A backup is better, where there is one. What was lost is told by stream and position; consumers get the"
                    + " other events as if nothing had been in between.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tidings salvage --data /var/lib/tidings --to /var/lib/tidings-salvaged",
            "  tidings serve --data /var/lib/tidings-salvaged",
            "",
            "Exit codes: 0 all events are in the new store; 2 no store, in use, or the new directory is not empty; 65"
                    + " some events are lost."
        })
final class SalvageStore implements Callable<Integer> {
    private static final CloudEvents CODEC =
            new CloudEvents(new CloudEvents.Limits(DataSize.ofMebibytes(256), 1000, 1));

    private final Terminal terminal;

    @Option(names = "--data", paramLabel = "DIR", description = "The directory of the damaged store. Default: data.")
    private Path data = Path.of("data");

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A new directory for the new store.")
    private Path to = Path.of("");

    SalvageStore(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Salvaged salvaged = salvage();
        salvaged.notes().forEach(note -> terminal.tell(terminal.paint(Colour.NOTE, "note") + " " + note));
        for (OfStream stream : salvaged.streams()) {
            if (stream.lost() > 0) {
                terminal.tell(terminal.paint(Colour.BAD, "lost") + " " + stream.stream() + ": "
                        + Amounts.number(stream.lost(), "event") + " at positions " + gaps(stream));
            }
        }
        terminal.out()
                .println(to + ": " + Amounts.number(salvaged.kept(), "event") + " of "
                        + Amounts.number(salvaged.streams().size(), "stream") + " kept, "
                        + Amounts.number(salvaged.lost(), "event") + " lost");
        return salvaged.lost() == 0 ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private Salvaged salvage() {
        try (RealDisk damaged = RealDisk.reading(data);
                RealDisk fresh = RealDisk.open(to)) {
            return Salvage.salvage(damaged, fresh, SegmentedConfig.DEFAULT, SalvageStore::type);
        } catch (CannotOpen e) {
            throw Complaint.wrongInput(Reasons.of(e));
        } catch (IOException e) {
            throw Complaint.wrongInput("cannot salvage " + data + ": " + Reasons.of(e));
        }
    }

    private static Optional<EventType> type(Bytes json) {
        return switch (CODEC.structured(json, Instant.MAX)) {
            case Decoded.Parsed(var submission) ->
                submission.events().stream().map(Event::type).findFirst();
            case Decoded.Refused _ -> Optional.empty();
        };
    }

    private static String gaps(OfStream stream) {
        return stream.gaps().stream()
                .map(gap -> gap.next() - gap.first() == 1 ? "" + gap.first() : gap.first() + " to " + (gap.next() - 1))
                .collect(Collectors.joining(", "));
    }
}
