package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Tells apart what a consumer may say over WebSocket.
final class MessageReader {
    private static final byte[] CONFIRM = "confirm:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DEAD = "dead:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELEASE = "release:".getBytes(StandardCharsets.US_ASCII);
    /// Longer than any release is.
    private static final int MAX_RELEASE_BYTES = 100;
    private static final int MAX_REASON_BYTES = 123;

    private MessageReader() {}

    static ClientMessage read(CloudEvents events, Bytes text) {
        if (begins(text, CONFIRM)) {
            return confirm(text.slice(CONFIRM.length, text.length()));
        }
        if (begins(text, DEAD)) {
            return dead(events.reported(text.slice(DEAD.length, text.length())));
        }
        if (begins(text, RELEASE)) {
            return release(text.slice(RELEASE.length, text.length()));
        }
        return invalid("expected confirm:<offset>, dead:<event as JSON> or release:<offset>[:<delay>]");
    }

    private static ClientMessage dead(Reported reported) {
        return reported instanceof Reported.Report report
                ? new ClientMessage.Dead(report.event())
                : invalid("dead: " + ((Reported.Refused) reported).refusal().detail());
    }

    private static ClientMessage confirm(Bytes digits) {
        long offset = Offsets.parse(digits);
        return offset > 0
                ? new ClientMessage.Confirm(offset)
                : invalid("expected confirm:<offset> with a decimal offset from 1");
    }

    private static ClientMessage release(Bytes text) {
        if (text.length() > MAX_RELEASE_BYTES) {
            return invalid("expected release:<offset>[:<delay>], found more");
        }
        String said = text.toUtf8();
        int colon = said.indexOf(':');
        long offset = Offsets.parse(colon < 0 ? text : text.slice(0, colon));
        if (offset <= 0) {
            return invalid("expected release:<offset>[:<delay>] with a decimal offset from 1");
        }
        if (colon < 0) {
            return new ClientMessage.Release(offset, null);
        }
        return ReleaseDelay.parse(said.substring(colon + 1))
                .<ClientMessage>map(delay -> new ClientMessage.Release(offset, delay))
                .orElseGet(() -> invalid("release: expected " + ReleaseDelay.EXPECTED));
    }

    private static boolean begins(Bytes text, byte[] prefix) {
        int from = text.offset();
        return text.length() >= prefix.length
                && Arrays.equals(text.array(), from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static ClientMessage.Invalid invalid(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, MAX_REASON_BYTES);
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new ClientMessage.Invalid(new String(bytes, 0, end, StandardCharsets.UTF_8));
    }
}
