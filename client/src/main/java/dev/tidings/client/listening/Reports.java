package dev.tidings.client.listening;

import dev.tidings.model.Bytes;
import dev.tidings.wire.EventText;
import dev.tidings.wire.Received;
import java.util.Map;

/// Reports of dead events: the event as it came, with an attribute `error` that says what is wrong with it.
final class Reports {
    private static final int LONGEST = 1_000;

    private Reports() {}

    static String of(Received event, String why) {
        String json = event.json().toUtf8();
        if (event.attributes().containsKey("error")) {
            return json;
        }
        String reason = why.substring(0, Math.min(why.length(), LONGEST)).replaceAll("\\p{Cntrl}", " ");
        Bytes member = EventText.of(Map.of("error", reason), null);
        String text = member.toUtf8();
        int end = json.lastIndexOf('}');
        return json.substring(0, end) + "," + text.substring(1, text.length() - 1) + "}";
    }
}
