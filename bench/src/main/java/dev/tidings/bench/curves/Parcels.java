package dev.tidings.bench.curves;

import dev.tidings.bench.Load;
import java.nio.charset.StandardCharsets;

/// The events of the curves: of a number of types, ten to a stream.
final class Parcels {
    static final int TYPES_PER_STREAM = 10;
    private static final String FILLER = "x".repeat(400);

    private long next;

    static String type(int number) {
        return "Curve.System" + number / TYPES_PER_STREAM + ".Thing" + number + ".Changed";
    }

    /// A type of the stream that nobody publishes.
    static String quietType(int stream) {
        return "Curve.System" + stream + ".Silence.Kept";
    }

    static String catalog(int types) {
        StringBuilder yaml = new StringBuilder("types:\n");
        for (int i = 0; i < types; i++) {
            yaml.append("  ").append(type(i)).append(": { description: busy }\n");
        }
        for (int stream = 0; stream * TYPES_PER_STREAM < types; stream++) {
            yaml.append("  ").append(quietType(stream)).append(": { description: quiet }\n");
        }
        return yaml.toString();
    }

    /// Requests of so many events, of one type after another.
    Load.Bodies bodies(int events, int types) {
        return (connection, meant) -> {
            StringBuilder body = new StringBuilder(events * 560 + 2);
            for (int i = 0; i < events; i++) {
                body.append(i == 0 ? '[' : ',');
                append(body, (int) (next % types));
            }
            body.append(']');
            String json = events == 1 ? body.substring(1, body.length() - 1) : body.toString();
            return json.getBytes(StandardCharsets.US_ASCII);
        };
    }

    private void append(StringBuilder body, int type) {
        long number = next++;
        body.append("{\"specversion\":\"1.0\",\"id\":\"")
                .append(number)
                .append("\",\"source\":\"https://curves.example\",\"type\":\"")
                .append(type(type))
                .append("\",\"partitionkey\":\"k")
                .append(number % 1000)
                .append("\",\"data\":{\"filler\":\"")
                .append(FILLER)
                .append("\"}}");
    }
}
