package dev.tidings.broker.subscriptions;

import dev.tidings.broker.subscriptions.Sink.Handshake;
import dev.tidings.broker.subscriptions.Sink.Mode;
import dev.tidings.model.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads where events go, and in what form: `sink`, `protocol`, `protocolsettings` and `sinkcredential`.
final class SinkReader {
    private static final List<String> SETTINGS = List.of("method", "mode", "headers", "handshake", "trusted");
    private static final int LONGEST = 2_048;
    private static final int LONGEST_PEM = 32_768;
    private static final int HEADERS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,1022}[\\x21-\\x7e])?");
    /// What the broker, HTTP or the credential says.
    private static final Set<String> TAKEN = Set.of(
            "accept-encoding",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");
    private static final List<String> TAKEN_BEGINNINGS = List.of("ce-", "webhook-", "sec-", "x-forwarded-");

    private final Complaints complaints;
    private final @Nullable Sink before;

    /// @param before the sink the subscription had; null: none
    SinkReader(Complaints complaints, @Nullable Sink before) {
        this.complaints = complaints;
        this.before = before;
    }

    /// Null where it was complained of. It has the signing secrets it had before.
    @Nullable
    Sink read(Members members) {
        URI uri = uri(members);
        protocol(members);
        Members settings =
                Members.of(members.get("protocolsettings"), members.at("protocolsettings"), complaints, SETTINGS);
        settings.word("method", "POST");
        String trusted = settings.text("trusted", LONGEST_PEM);
        String objection = trusted == null ? null : Pem.ofCertificates(trusted);
        if (objection != null) {
            settings.complain("trusted", objection);
        }
        Credential kept = before != null && uri != null && sameOrigin(before.uri(), uri) ? before.credential() : null;
        Credential credential = new CredentialReader(complaints, kept)
                .read(members.get("sinkcredential"), members.at("sinkcredential"));
        Mode mode = Mode.valueOf(
                settings.word("mode", "binary", "structured", "batch").toUpperCase(Locale.ROOT));
        Handshake handshake =
                Handshake.valueOf(settings.word("handshake", "required", "none").toUpperCase(Locale.ROOT));
        return uri == null
                ? null
                : new Sink(
                        uri,
                        mode,
                        headers(settings),
                        handshake,
                        trusted,
                        credential,
                        before == null ? List.of() : before.signing());
    }

    private static void protocol(Members members) {
        String protocol = members.text("protocol", 100);
        if (protocol == null && !members.has("protocol")) {
            members.complain("protocol", "expected 'HTTP', found nothing");
        } else if (protocol != null && !protocol.equals("HTTP")) {
            members.complain("protocol", "expected 'HTTP', found '" + Excerpt.of(protocol) + "'");
        }
    }

    private static @Nullable URI uri(Members members) {
        String text = members.text("sink", LONGEST);
        if (text == null) {
            if (!members.has("sink")) {
                members.complain("sink", "expected the address events go to, found nothing");
            }
            return null;
        }
        try {
            URI uri = new URI(text);
            if (wellFormed(uri)) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // told below
        }
        members.complain(
                "sink",
                "expected an absolute http or https address of ASCII characters, with a host and without user and"
                        + " fragment, such as https://shop.example.org/events; found '" + Excerpt.of(text) + "'");
        return null;
    }

    private static boolean wellFormed(URI uri) {
        String scheme = uri.getScheme();
        return ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= 65_535
                && uri.getPort() != 0
                && uri.toString().chars().allMatch(c -> c < 0x80);
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static Map<String, String> headers(Members settings) {
        JsonNode node = settings.get("headers");
        Map<String, String> headers = new HashMap<>();
        if (node != null && (!node.isObject() || node.size() > HEADERS)) {
            settings.complain("headers", "expected an object with at most " + HEADERS + " members");
        } else if (node != null) {
            node.forEachEntry((name, value) -> header(settings, headers, name, value));
        }
        return headers;
    }

    private static void header(Members settings, Map<String, String> headers, String name, JsonNode value) {
        String lower = name.toLowerCase(Locale.ROOT);
        String quoted = "'" + Excerpt.of(name) + "'";
        if (!NAME.matcher(name).matches()) {
            settings.complain("headers", quoted + " is no name of a header");
        } else if (TAKEN.contains(lower) || TAKEN_BEGINNINGS.stream().anyMatch(lower::startsWith)) {
            settings.complain("headers", quoted + " is not for subscriptions to say; give others");
        } else if (!value.isString() || !VALUE.matcher(value.asString()).matches()) {
            settings.complain(
                    "headers",
                    "expected for " + quoted + " a string of at most 1024 visible ASCII characters and blanks between");
        } else if (headers.put(lower, Objects.requireNonNull(value.asString())) != null) {
            settings.complain("headers", quoted + " is given twice, in different letter cases");
        }
    }
}
