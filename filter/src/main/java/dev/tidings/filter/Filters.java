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
            return new Compilation.Flawed(
                    "",
                    "a filter has at most " + MAX_LENGTH + " characters, this one has " + json.length()
                            + "; give the group fewer types, or filter in the consumer");
        }
        try {
            return new Compilation.Compiled(
                    new EventFilter(new FilterReader(new JsonCursor(Bytes.utf8(json), MAX_JSON_DEPTH)).read()));
        } catch (Malformed malformed) {
            return new Compilation.Flawed("", "a filter is JSON; " + malformed.complaint());
        } catch (FilterFlaw flaw) {
            return flaw.told();
        }
    }
}
