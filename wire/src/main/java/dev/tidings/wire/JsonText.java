package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// JSON being written, as bytes.
final class JsonText {
    private static final Bytes COMMA = Bytes.utf8(",");
    private static final Bytes COLON = Bytes.utf8(":");
    private static final Bytes QUOTE = Bytes.utf8("\"");
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
        return (buffer[length - 1] == '{' ? this : raw(COMMA)).string(name).raw(COLON);
    }

    JsonText string(String text) {
        return string(Bytes.utf8(text));
    }

    /// A string from UTF-8.
    JsonText string(Bytes utf8) {
        raw(QUOTE);
        int copied = 0;
        for (int i = 0; i < utf8.length(); i++) {
            byte b = utf8.at(i);
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                raw(utf8.slice(copied, i));
                escaped(b);
                copied = i + 1;
            }
        }
        return raw(utf8.slice(copied, utf8.length())).raw(QUOTE);
    }

    /// Puts a blank for each end of a line in what was written from `from` on: in JSON they stand between tokens only.
    JsonText onOneLine(int from) {
        for (int at = from; at < length; at++) {
            if (buffer[at] == '\n' || buffer[at] == '\r') {
                buffer[at] = ' ';
            }
        }
        return this;
    }

    JsonText base64(Bytes data) {
        return raw("\"")
                .raw(Bytes.of(Base64.getEncoder().encode(data.toArray())))
                .raw("\"");
    }

    private void escaped(byte b) {
        room(6);
        buffer[length++] = '\\';
        if (b >= ' ') {
            buffer[length++] = b;
            return;
        }
        buffer[length++] = 'u';
        buffer[length++] = '0';
        buffer[length++] = '0';
        buffer[length++] = HEX[b >> 4];
        buffer[length++] = HEX[b & 0xf];
    }

    private void room(int more) {
        if (more > buffer.length - length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
        }
    }
}
