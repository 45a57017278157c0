package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// JSON being written, as bytes.
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int length;

    JsonText(int capacity) {
        buffer = new byte[capacity];
    }

    int length() {
        return length;
    }

    Bytes bytes() {
        return new Bytes(buffer, 0, length);
    }

    /// Text that is JSON already.
    JsonText raw(String json) {
        return raw(Bytes.utf8(json));
    }

    JsonText number(long number) {
        return raw(Long.toString(number));
    }

    /// Bytes that are JSON already.
    JsonText raw(Bytes json) {
        room(json.length());
        json.copyTo(buffer, length);
        length += json.length();
        return this;
    }

    /// `"name":` with a comma before it, unless it is the object's first.
    JsonText name(String name) {
        if (buffer[length - 1] != '{') {
            raw(",");
        }
        return string(name).raw(":");
    }

    JsonText string(String text) {
        return string(Bytes.utf8(text));
    }

    /// A string from UTF-8.
    JsonText string(Bytes utf8) {
        room(utf8.length() + 2);
        buffer[length++] = '"';
        for (int i = 0; i < utf8.length(); i++) {
            character(utf8.at(i), utf8.length() - i + 1);
        }
        buffer[length++] = '"';
        return this;
    }

    JsonText base64(Bytes data) {
        return raw("\"")
                .raw(Bytes.of(Base64.getEncoder().encode(data.toArray())))
                .raw("\"");
    }

    private void character(byte b, int roomBehind) {
        if (b == '"' || b == '\\') {
            room(roomBehind + 2);
            put('\\', (char) b);
        } else if (b >= 0 && b < ' ') {
            room(roomBehind + 6);
            put('\\', 'u');
            put('0', '0');
            put((char) HEX[b >> 4], (char) HEX[b & 0xf]);
        } else {
            buffer[length++] = b;
        }
    }

    private void put(char first, char second) {
        buffer[length++] = (byte) first;
        buffer[length++] = (byte) second;
    }

    private void room(int more) {
        if (more > buffer.length - length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
    }
}
