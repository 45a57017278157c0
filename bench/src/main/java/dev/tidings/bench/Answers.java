package dev.tidings.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Just enough HTTP to know when an answer is whole.
final class Answers {
    private Answers() {}

    /// The status of the answer, once all of its body is here; 0 before. Answers must state their length.
    static int statusIfWhole(Buffer answer) {
        int head = endOfHead(answer);
        if (head < 0) {
            return 0;
        }
        String text =
                answer.getString(0, head, StandardCharsets.ISO_8859_1.name()).toLowerCase(Locale.ROOT);
        int at = text.indexOf("content-length:");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        text.substring(at + 15, text.indexOf('\r', at)).strip());
        return answer.length() < head + length ? 0 : Integer.parseInt(text.substring(9, 12));
    }

    /// Where the body begins, or -1 while the head is not whole.
    static int endOfHead(Buffer answer) {
        for (int i = 3; i < answer.length(); i++) {
            if (answer.getByte(i) == '\n' && answer.getByte(i - 1) == '\r' && answer.getByte(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
