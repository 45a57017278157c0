package dev.tidings.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// The cursor beside Jackson, on JSON written at random, sound and damaged.
class AgainstJacksonTest {
    @Property(tries = 5_000)
    void readsTheSameInWhatIsSound(@ForAll long seed) {
        RandomJson json = new RandomJson(seed);
        Bytes text = Bytes.utf8(json.blanks() + json.value(5) + json.blanks());

        assertThat(trace(text)).isNotNull();
        assertAgreed(text);
    }

    @Property(tries = 30_000)
    void refusesTheSameDamage(@ForAll long seed) {
        RandomJson json = new RandomJson(seed);
        byte[] text = json.damaged(Bytes.utf8(json.value(4)).array());

        assertAgreed(new Bytes(text, 0, text.length));
        assertAgreed(new Bytes(text, text.length / 3, text.length / 3));
    }

    private static void assertAgreed(Bytes text) {
        List<String> trace = trace(text);
        String shown = HexFormat.of().formatHex(text.toArray());
        assertThat(trace).as(shown).isEqualTo(JacksonTrace.of(text));
        assertThat(skims(text)).as(shown).isEqualTo(trace != null);
    }

    private static boolean skims(Bytes text) {
        try {
            JsonCursor cursor = new JsonCursor(text, 100);
            cursor.value();
            cursor.skip();
            cursor.finish();
            return true;
        } catch (Malformed _) {
            return false;
        }
    }

    private static @Nullable List<String> trace(Bytes text) {
        List<String> trace = new ArrayList<>();
        try {
            JsonCursor cursor = new JsonCursor(text, 100);
            follow(cursor, cursor.value(), trace);
            cursor.finish();
            return trace;
        } catch (Malformed _) {
            return null;
        }
    }

    private static void follow(JsonCursor cursor, Token token, List<String> trace) {
        int at = cursor.at();
        switch (token) {
            case OBJECT -> {
                trace.add(at + " {");
                cursor.enter();
                while (cursor.member()) {
                    trace.add(cursor.memberAt() + " name " + cursor.name());
                    follow(cursor, cursor.value(), trace);
                }
                trace.add(cursor.end() - 1 + " }");
            }
            case ARRAY -> {
                trace.add(at + " [");
                cursor.enter();
                for (Token item = cursor.element(); item != Token.END; item = cursor.element()) {
                    follow(cursor, item, trace);
                }
                trace.add(cursor.end() - 1 + " ]");
            }
            case STRING, INTEGER, DECIMAL -> trace.add(at + " " + token + " " + cursor.string());
            case TRUE, FALSE, NULL -> trace.add(at + " " + cursor.string());
            case END -> throw new AssertionError("an end is no value");
        }
    }
}
