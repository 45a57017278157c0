package dev.tidings.bench.soak;

import dev.tidings.bench.Stage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The events of a soak: of some types in each of some streams, half of the types with a schema.
final class Goods {
    static final int STREAMS = 4;
    private static final int PLAIN = 6;
    private static final int CHECKED = 6;
    private static final String FILLER = "x".repeat(220);
    private static final byte[] MARK = "\"mark\":\"".getBytes(StandardCharsets.US_ASCII);

    private Goods() {}

    static String type(int stream, int number) {
        return "Soak.System" + stream + ".Thing" + number + ".Changed";
    }

    /// The types without a schema of a stream, as the parameter of a consumer.
    static String plainTypes(int stream) {
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < PLAIN; i++) {
            types.append(i == 0 ? "" : ",").append(type(stream, i));
        }
        return types.toString();
    }

    static String catalog(Duration retention) {
        String kept =
                "retention: { age: %ds }, deduplication: %ds".formatted(retention.toSeconds(), retention.toSeconds());
        StringBuilder yaml = new StringBuilder("types:\n");
        for (int stream = 0; stream < STREAMS; stream++) {
            for (int i = 0; i < PLAIN + CHECKED; i++) {
                yaml.append("  ").append(type(stream, i)).append(": { ").append(kept);
                yaml.append(i < PLAIN ? "" : ", schema: " + Stage.schema()).append(" }\n");
            }
        }
        return yaml.toString();
    }

    /// The JSON of one event.
    ///
    /// @param number of the event within its key
    static String event(int key, int number, boolean checked) {
        int stream = key % STREAMS;
        int type = checked ? PLAIN + number % CHECKED : number % PLAIN;
        return "{\"mark\":\"" + key + '.' + number + "\",\"specversion\":\"1.0\",\"id\":\"e" + key + '-' + number
                + "\",\"source\":\"https://soak.example\",\"type\":\"" + type(stream, type)
                + "\",\"partitionkey\":\"k" + key + "\",\"data\":{\"number\":" + number
                + ",\"name\":\"a thing\",\"tags\":[\"a\",\"b\"],\"filler\":\"" + FILLER + "\"}}";
    }

    /// Tells the witness which event this is.
    static void read(Buffer all, int start, Witness witness) {
        int at = start;
        int matched = 0;
        while (matched < MARK.length) {
            matched = all.getByte(at) == MARK[matched] ? matched + 1 : 0;
            at++;
        }
        int key = 0;
        for (byte digit = all.getByte(at); digit != '.'; digit = all.getByte(++at)) {
            key = key * 10 + digit - '0';
        }
        int number = 0;
        at++;
        for (byte digit = all.getByte(at); digit != '"'; digit = all.getByte(++at)) {
            number = number * 10 + digit - '0';
        }
        witness.saw(key, number);
    }
}
