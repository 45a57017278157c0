package dev.tidings.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tables of an outbox, and what is said to them. Their names are the only part of a statement that comes from
/// outside: they are plain identifiers.
///
/// @param outbox `table` or `schema.table`; the others are named after it
record Tables(String outbox) {
    static final String DEFAULT = "tidings_outbox";
    /// What the row in the table of the leader says where the tables are as this version needs them.
    static final int FORMAT = 1;

    /// Leaves room for what is put behind it: names have 63 characters on PostgreSQL, 64 on MySQL.
    private static final Pattern NAME = Pattern.compile("([A-Za-z_]\\w{0,62}\\.)?[A-Za-z_]\\w{0,53}");

    private static final String EVENT = "added, event_key, source, event_id, bytes, event";

    Tables {
        if (!NAME.matcher(outbox).matches()) {
            throw new IllegalArgumentException("expected table or schema.table, of ASCII letters, digits and '_', at"
                    + " most 54 characters the table, found '" + outbox + "'");
        }
    }

    String ddl(Database database) {
        try (InputStream text = Tables.class.getResourceAsStream(database.script())) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8)
                    .replace(DEFAULT, outbox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is notified on PostgreSQL: the name without its schema.
    String channel() {
        return outbox.substring(outbox.indexOf('.') + 1);
    }

    String insert() {
        return "INSERT INTO " + outbox + " (" + EVENT + ") VALUES (?, ?, ?, ?, ?, ?)";
    }

    String format() {
        return "SELECT format FROM " + outbox + "_leader WHERE id = 1";
    }

    /// No row where somebody else has it.
    String lead() {
        return format() + " FOR UPDATE SKIP LOCKED";
    }

    String sizes(int most) {
        return "SELECT entry, bytes FROM " + outbox + " ORDER BY entry LIMIT " + most;
    }

    String upTo(long entry) {
        return "SELECT entry, event FROM " + outbox + " WHERE entry <= " + entry + " ORDER BY entry";
    }

    String delete(List<Long> entries) {
        return "DELETE FROM " + outbox + " WHERE entry IN "
                + entries.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    String setAside() {
        return "INSERT INTO " + outbox + "_refused (entry, " + EVENT + ", refused, reason) SELECT entry, " + EVENT
                + ", ?, ? FROM " + outbox + " WHERE entry = ?";
    }

    String oldest() {
        return "SELECT added FROM " + outbox + " ORDER BY entry LIMIT 1";
    }

    String waiting(int most) {
        return count(outbox, most);
    }

    String refused(int most) {
        return count(outbox + "_refused", most);
    }

    private static String count(String table, int most) {
        return "SELECT COUNT(*) FROM (SELECT entry FROM " + table + " LIMIT " + most + ") counted";
    }
}
