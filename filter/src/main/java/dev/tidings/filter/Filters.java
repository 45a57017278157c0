package dev.tidings.filter;

import dev.tidings.model.Bytes;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Malformed;

/// Compiles filters. Any thread may.
///
/// A filter is the JSON of one filter expression of the CloudEvents Subscriptions specification (section 3.2.4), an
/// object with one member, which names the dialect; or an array of them, all of which an event must match. No more than
/// 16,384 characters, 256 expressions, 16 levels, and 16 texts in `sql` or `cel` of 4,096 characters each.
public final class Filters {
    /// How many characters a filter has at most.
    public static final int MAX_LENGTH = 16_384;

    private static final int MAX_JSON_DEPTH = 64;

    private Filters() {}

    public static Compilation compile(String json) {
        if (json.length() > MAX_LENGTH) {
            return tooLong(json);
        }
        try {
            EventFilter filter =
                    new EventFilter(new FilterReader(new JsonCursor(Bytes.utf8(json), MAX_JSON_DEPTH)).read());
            // what has many escapes may be longer in its canonical text, which has to compile as well
            return filter.canonical().length() > MAX_LENGTH
                    ? tooLong(filter.canonical())
                    : new Compilation.Compiled(filter);
        } catch (Malformed malformed) {
            return new Compilation.Flawed("", "a filter is JSON; " + malformed.complaint());
        } catch (FilterFlaw flaw) {
            return flaw.told();
        }
    }

    private static Compilation tooLong(String text) {
        return new Compilation.Flawed(
                "",
                "a filter has at most " + MAX_LENGTH + " characters, this one has " + text.length()
                        + "; say it shorter");
    }
}
