package dev.tidings.server.websocket;

import java.nio.charset.StandardCharsets;

/// Why the server closes a connection (RFC 6455, section 7.4).
record CloseReason(int code, String text) {
    private static final int LONGEST = 123;

    CloseReason {
        text = shorten(text);
    }

    static CloseReason goingAway() {
        return new CloseReason(1001, "the broker is shutting down; connect again");
    }

    static CloseReason protocol(String text) {
        return new CloseReason(1002, text);
    }

    static CloseReason binary() {
        return new CloseReason(1003, "expected text messages, found a binary one");
    }

    static CloseReason policy(String text) {
        return new CloseReason(1008, text);
    }

    static CloseReason tooBig(long most) {
        return new CloseReason(1009, "a message has at most " + most + " bytes");
    }

    static CloseReason failure(String text) {
        return new CloseReason(1011, text);
    }

    /// A close frame has room for 123 bytes of reason.
    private static String shorten(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return text;
        }
        int end = Math.min(text.length(), LONGEST - 3);
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST - 3) {
            end--;
        }
        boolean splitsAPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsAPair ? end - 1 : end) + "…";
    }
}
