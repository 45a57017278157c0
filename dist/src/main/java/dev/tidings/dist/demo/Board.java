package dev.tidings.dist.demo;

import dev.tidings.cli.Terminal;
import dev.tidings.cli.Terminal.Colour;
import java.util.Locale;

/// What the demo shows: a line for each thing worth telling, and the counts, which on a screen stand in a last line
/// that changes. May be used by any thread.
final class Board {
    private static final int STEP = 250;

    private final Terminal terminal;
    private Counts counts = Counts.NONE;
    private int told;
    private boolean closed;

    Board(Terminal terminal) {
        this.terminal = terminal;
    }

    synchronized Counts counts() {
        return counts;
    }

    /// From now on nothing is shown any more.
    synchronized void close() {
        clear();
        terminal.out().flush();
        closed = true;
    }

    synchronized void say(String line) {
        if (closed) {
            return;
        }
        clear();
        terminal.out().println(line);
        show();
    }

    synchronized void accepted(int events) {
        count(counts.plusAccepted(events));
    }

    synchronized void rejected(String id, String why) {
        count(counts.plusRejected());
        event(Colour.BAD, "rejected", id + ": " + why);
    }

    synchronized void pushed(Quake quake, boolean strong) {
        count(counts.plusPushed());
        if (strong) {
            event(Colour.NOTE, "consumed", quake.line());
        }
    }

    synchronized void polled(int events) {
        count(counts.plusPolled(events));
    }

    synchronized void pushConfirmed(int events) {
        count(counts.plusPushConfirmed(events));
    }

    synchronized void pollConfirmed(int events) {
        count(counts.plusPollConfirmed(events));
    }

    synchronized void dead(String id, String why) {
        count(counts.plusDead());
        event(Colour.WARN, "dead", id + ": " + why);
    }

    private void event(Colour colour, String what, String text) {
        say(terminal.paint(colour, String.format(Locale.ROOT, "%-9s", what)) + " " + text);
    }

    private void count(Counts now) {
        counts = now;
        if (closed) {
            return;
        }
        if (terminal.person().reads()) {
            show();
        } else if (counts.accepted() / STEP > told) {
            told = counts.accepted() / STEP;
            terminal.out().println(counts.line());
            terminal.out().flush();
        }
    }

    private void show() {
        terminal.out().flush();
        terminal.progress(terminal.paint(Colour.STRONG, counts.line()));
    }

    private void clear() {
        terminal.endProgress();
    }
}
