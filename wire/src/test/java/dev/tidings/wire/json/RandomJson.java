package dev.tidings.wire.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/// JSON at random, and what random damage makes of it.
public final class RandomJson {
    private static final List<String> PIECES = List.of(
            "a",
            "plain text",
            " ",
            "\u007f",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\n\\r\\t",
            "\\u0041",
            "\\u00e9",
            "\\uD83D\\uDE00",
            "\\ud83d",
            "\\udc00",
            "\\u0000",
            "\u00e9",
            "\u20ac",
            "\ud7ff\ue000\uffff",
            "\ud83d\ude00",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "/",
            "1");
    private static final List<String> SCALARS = List.of(
            "0",
            "-0",
            "7",
            "-12",
            "1.5",
            "-0.25e-7",
            "1E+400",
            "0e0",
            "10000000000",
            "2147483648",
            "-2147483648",
            "12345678901234567890.0",
            "9".repeat(1000),
            "true",
            "false",
            "null");
    private static final byte[] DAMAGE = "\"\\{}[],:0-+.eEtfnu \n\t/*'\0a".getBytes(StandardCharsets.US_ASCII);

    private final Random random;

    public RandomJson(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 3);
        return switch (kind) {
            case 0, 1 -> string();
            case 2 -> one(SCALARS);
            default -> {
                boolean object = kind == 3;
                StringJoiner items = new StringJoiner(",", object ? "{" : "[", object ? "}" : "]");
                items.setEmptyValue((object ? "{" : "[") + blanks() + (object ? "}" : "]"));
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(blanks()
                            + (object ? name() + blanks() + ":" + blanks() : "")
                            + value(depth - 1)
                            + blanks());
                }
                yield items.toString();
            }
        };
    }

    public String string() {
        StringBuilder string = new StringBuilder("\"");
        for (int i = random.nextInt(6); i > 0; i--) {
            string.append(one(PIECES));
        }
        return string.append('"').toString();
    }

    private String name() {
        String name = string();
        return name.contains("\\ud83d") || name.contains("\\udc00") ? "\"half\"" : name;
    }

    public String blanks() {
        return random.nextInt(4) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    public <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /// The bytes after a few small accidents.
    public byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            damaged = accident(damaged);
        }
        return damaged;
    }

    private byte[] accident(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = random.nextInt(Math.min(bytes.length - at, 6) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> joined(bytes, at, new byte[0], at + length);
            case 1 -> joined(bytes, at, new byte[] {damage()}, at);
            case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 3 -> Arrays.copyOf(bytes, at);
            case 4 -> joined(bytes, at, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))}, at + 1);
            default -> joined(bytes, at, new byte[] {damage()}, at + 1);
        };
    }

    private byte damage() {
        return random.nextInt(4) == 0 ? (byte) random.nextInt(256) : DAMAGE[random.nextInt(DAMAGE.length)];
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, head);
        joined.writeBytes(middle);
        joined.write(bytes, tail, bytes.length - tail);
        return joined.toByteArray();
    }
}
