package dev.tidings.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what a web hook's receiver answers: the handshake of the CloudEvents web-hook specification, and deliveries.
final class WebhookReceiver {
    private final Manner manner;
    private final RandomGenerator random;

    /// How it behaves.
    ///
    /// @param path      where it takes events
    /// @param signature what they must be signed with; null: anything
    /// @param rate      the requests a minute that it allows; null: any number
    /// @param status    what it answers; where it fails only sometimes, then
    /// @param failing   how many of a hundred deliveries fail
    record Manner(
            String path,
            @Nullable WebhookSignature signature,
            @Nullable Integer rate,
            int status,
            int failing) {}

    /// A request.
    ///
    /// @param headers by their names in small letters
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Asked(String method, String path, Map<String, String> headers, byte[] body) {}

    /// What is answered.
    ///
    /// @param said   a line about it, for who watches
    /// @param events what came, each as a line of JSON; only what was taken
    record Told(int status, Map<String, String> headers, String said, List<String> events) {}

    WebhookReceiver(Manner manner, RandomGenerator random) {
        this.manner = manner;
        this.random = random;
    }

    Told answer(Asked asked, Instant now) {
        if (!asked.path.equals(manner.path)) {
            return told(404, asked, "not " + manner.path);
        }
        return switch (asked.method) {
            case "OPTIONS" -> handshake(asked);
            case "POST" -> delivery(asked, now);
            default -> told(405, asked, "neither POST nor OPTIONS");
        };
    }

    private Told handshake(Asked asked) {
        String origin = asked.headers.get("webhook-request-origin");
        if (origin == null) {
            return new Told(204, Map.of("Allow", "OPTIONS, POST"), line(asked, "no handshake", 204), List.of());
        }
        String rate = manner.rate == null ? "*" : manner.rate.toString();
        return new Told(
                200,
                Map.of("Allow", "OPTIONS, POST", "WebHook-Allowed-Origin", origin, "WebHook-Allowed-Rate", rate),
                line(asked, "handshake: " + origin + " may send, at a rate of " + rate, 200),
                List.of());
    }

    private Told delivery(Asked asked, Instant now) {
        WebhookSignature signature = manner.signature;
        String objection = signature == null ? null : signature.objection(asked.headers, asked.body, now);
        if (objection != null) {
            return told(401, asked, objection);
        }
        List<String> events;
        try {
            events = WebhookEvents.read(asked.headers, asked.body);
        } catch (Complaint complaint) {
            return told(400, asked, complaint.line());
        }
        String said =
                events.size() + (events.size() == 1 ? " event" : " events") + (signature == null ? "" : ", signed");
        boolean fails = manner.failing > 0 && random.nextInt(100) < manner.failing;
        if (fails || manner.failing == 0 && manner.status >= 300) {
            return told(manner.status, asked, said + ", not taken");
        }
        int status = manner.status < 300 ? manner.status : 200;
        return new Told(status, Map.of(), line(asked, said, status), events);
    }

    private static Told told(int status, Asked asked, String why) {
        return new Told(status, Map.of(), line(asked, why, status), List.of());
    }

    private static String line(Asked asked, String what, int status) {
        return asked.method + " " + asked.path + ": " + what + " -> " + status;
    }
}
