package dev.tidings.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a command reads and writes.
///
/// @param out    what was asked for
/// @param err    complaints, progress, questions
/// @param person who sits there, if anybody
public record Terminal(InputStream in, PrintStream out, PrintStream err, Person person) {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String CUT_AT_THE_EDGE = "\u001b[?7l";
    private static final String WRAP_AGAIN = "\u001b[?7h";

    /// Tells something that stays.
    public void tell(String line) {
        err.println((person.reads ? CLEAR_LINE : "") + line);
        err.flush();
    }

    /// Shows how far a long work is, over what was shown before; only to a person.
    public void progress(String line) {
        if (person.reads) {
            err.print(CLEAR_LINE + CUT_AT_THE_EDGE + line + WRAP_AGAIN);
            err.flush();
        }
    }

    /// Takes the last progress off the screen.
    public void endProgress() {
        progress("");
    }

    /// The text in a colour, where there is colour.
    public String paint(Colour paint, String text) {
        return person.colour ? "\u001b[" + paint.code + "m" + text + "\u001b[0m" : text;
    }

    /// What can be expected of whoever sits at the terminal.
    ///
    /// @param reads  whether they see a line change
    /// @param types  whether they can answer a question
    /// @param colour whether they want colour
    public record Person(boolean reads, boolean types, boolean colour) {
        public static final Person NOBODY = new Person(false, false, false);
    }

    /// What a colour means here.
    public enum Colour {
        GOOD(32),
        NOTE(36),
        WARN(33),
        BAD(31),
        DIM(2),
        STRONG(1);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
