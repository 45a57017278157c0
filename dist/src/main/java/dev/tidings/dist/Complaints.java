package dev.tidings.dist;

import dev.tidings.cli.Complaint;
import dev.tidings.cli.Reasons;
import dev.tidings.node.CannotStart;
import dev.tidings.node.PortInUse;

/// What a node says that cannot start, as a command says it.
public final class Complaints {
    private Complaints() {}

    public static Complaint of(CannotStart why) {
        Throwable cause = why.getCause();
        String line = why.getMessage() + (cause == null ? "" : ": " + Reasons.of(cause));
        return Complaint.wrongInput(why instanceof PortInUse ? line + "; choose another port with --port" : line);
    }
}
