package dev.tidings.filter;

/// What became of the text of a filter.
public sealed interface Compilation {
    record Compiled(EventFilter filter) implements Compilation {}

    /// It is no filter.
    ///
    /// @param pointer an RFC 6901 JSON pointer into the text; `""` means all of it
    /// @param reason  what was expected, what was found, what to do
    record Flawed(String pointer, String reason) implements Compilation {
        /// Both in one sentence, as an answer tells it.
        public String detail() {
            return pointer.isEmpty() ? reason : "at " + pointer + ": " + reason;
        }
    }
}
