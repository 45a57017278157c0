package dev.tidings.client.subscriptions;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a subscription is to be. Immutable: each method that takes something returns another one. What is wrong with
/// it the broker says, all at once.
///
/// ```java
/// Subscribing.to(URI.create("https://shop.example/events")).types("Shop.Web.Order.Placed").from("earliest")
/// ```
public final class Subscribing {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SETTINGS = "protocolsettings";
    private static final String CONFIG = "config";

    private final ObjectNode json;

    /// How a request holds events.
    public enum Mode {
        /// One event: its attributes in headers, its payload as the body.
        BINARY,
        /// One event, as JSON.
        STRUCTURED,
        /// Up to a hundred events as JSON, confirmed or failed together.
        BATCH
    }

    private Subscribing(ObjectNode json) {
        this.json = json;
    }

    /// All events that the program may consume, from now on, posted to that address, one at a time in binary mode,
    /// those of a key in order.
    public static Subscribing to(URI sink) {
        ObjectNode json = JSON.createObjectNode();
        json.put("sink", sink.toString()).put("protocol", "HTTP");
        return new Subscribing(json);
    }

    /// As the broker's guide to subscriptions writes it, for what has no method here.
    ///
    /// @throws IllegalArgumentException where it is no JSON object
    public static Subscribing of(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object) {
                return new Subscribing(object);
            }
        } catch (RuntimeException noJson) {
            throw new IllegalArgumentException("a subscription is a JSON object", noJson);
        }
        throw new IllegalArgumentException("a subscription is a JSON object");
    }

    /// The same, but posted to another address.
    public Subscribing sink(URI address) {
        ObjectNode next = json.deepCopy();
        next.put("sink", address.toString());
        return new Subscribing(next);
    }

    /// The same, but only events of these types; each has to be granted.
    public Subscribing types(String... types) {
        ObjectNode next = json.deepCopy();
        ArrayNode names = next.putArray("types");
        for (String type : types) {
            names.add(type);
        }
        return new Subscribing(next);
    }

    /// The same, but only events of that source.
    public Subscribing source(String source) {
        ObjectNode next = json.deepCopy();
        next.put("source", source);
        return new Subscribing(next);
    }

    /// The same, but only events that pass all of these filters: the JSON of each, as the broker's guide to filters
    /// tells.
    public Subscribing filters(String... filters) {
        ObjectNode next = json.deepCopy();
        ArrayNode all = next.putArray("filters");
        for (String filter : filters) {
            all.add(JSON.readTree(filter));
        }
        return new Subscribing(next);
    }

    /// The same, but with a proof of who calls.
    public Subscribing credential(SinkCredential credential) {
        ObjectNode next = json.deepCopy();
        ObjectNode proof = next.putObject("sinkcredential");
        if (credential instanceof SinkCredential.Plain plain) {
            proof.put("credentialtype", "PLAIN").put("identifier", plain.identifier());
            proof.put("secret", plain.secret());
        } else if (credential instanceof SinkCredential.AccessToken token) {
            proof.put("credentialtype", "ACCESSTOKEN").put("accesstoken", token.token());
            if (token.expires() != null) {
                proof.put("accesstokenexpiresutc", token.expires().toString());
            }
        } else if (credential instanceof SinkCredential.Certificate certificate) {
            proof.put("credentialtype", "CERTIFICATE").put("certificate", certificate.chain());
            proof.put("key", certificate.key());
        }
        return new Subscribing(next);
    }

    /// The same, but in that mode.
    public Subscribing mode(Mode mode) {
        String word = switch (mode) {
            case BINARY -> "binary";
            case STRUCTURED -> "structured";
            case BATCH -> "batch";
        };
        return in(SETTINGS, "mode", word);
    }

    /// The same, but each request has this header, too.
    public Subscribing header(String name, String value) {
        ObjectNode next = json.deepCopy();
        object(object(next, SETTINGS), "headers").put(name, value);
        return new Subscribing(next);
    }

    /// The same, but these authorities vouch for the sink.
    ///
    /// @param pem their certificates
    public Subscribing trusted(String pem) {
        return in(SETTINGS, "trusted", pem);
    }

    /// The same, but begun there: `earliest`, `latest` or an RFC 3339 time. Counts where it is created.
    public Subscribing from(String where) {
        return in(CONFIG, "from", where);
    }

    /// The same, but no event waits for another of its key.
    public Subscribing unordered() {
        return in(CONFIG, "order", "none");
    }

    /// The same, but at most so many requests a second.
    public Subscribing maxRate(int requests) {
        return in(CONFIG, "maxRate", requests);
    }

    /// The same, but at most so many requests at once.
    public Subscribing concurrency(int requests) {
        return in(CONFIG, "concurrency", requests);
    }

    /// The same, but what fails is tried again so.
    ///
    /// @param first   about the first wait; each is about twice as long as the one before
    /// @param longest the longest wait
    /// @param giveUp  after how long the event is dead
    public Subscribing retries(Duration first, Duration longest, Duration giveUp) {
        ObjectNode next = json.deepCopy();
        ObjectNode retries = object(object(next, CONFIG), "retries");
        retries.put("first", text(first)).put("longest", text(longest)).put("giveUp", text(giveUp));
        return new Subscribing(next);
    }

    /// The same, but paused from the beginning.
    public Subscribing paused() {
        return in(CONFIG, "paused", true);
    }

    /// As the broker's guide to subscriptions writes it; with the secrets that were given.
    public String json() {
        return json.toString();
    }

    private Subscribing in(String object, String name, Object value) {
        ObjectNode next = json.deepCopy();
        object(next, object).set(name, JSON.valueToTree(value));
        return new Subscribing(next);
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }

    private static String text(Duration time) {
        return time.toMillis() + "ms";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Subscribing that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /// Without its credential.
    @Override
    public String toString() {
        ObjectNode shown = json.deepCopy();
        JsonNode unused = shown.remove("sinkcredential");
        return shown.toString();
    }
}
