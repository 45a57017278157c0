package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import dev.tidings.wire.BinaryMessage.Header;
import dev.tidings.wire.json.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns events of binary mode into the JSON format: attributes in the order of their headers, then the payload.
final class BinaryReader {
    private static final int ROOM_FOR_NAMES = 512;
    private static final String UNDECODABLE =
            "must be ASCII, other characters and '%' percent-encoded as UTF-8 (CloudEvents HTTP binding, 3.1.3.2)";

    private final StrictJson strict;
    private final CloudEvents.Limits limits;

    BinaryReader(StrictJson strict, CloudEvents.Limits limits) {
        this.strict = strict;
        this.limits = limits;
    }

    Submission submission(BinaryMessage message, Instant latest) {
        Draft draft = new Draft(latest);
        JsonText json = begun(message);
        for (Header header : message.headers()) {
            String name = attributeName(header);
            if (name != null) {
                attribute(name, header, draft, json);
            }
        }
        Event.Data data = payload(message, draft, json);
        Bytes text = json.raw("}").bytes();
        CloudEvents.requireFit(text.length(), limits, 0, draft.id());
        if (draft.flawless()) {
            return new Submission(List.of(draft.event(data, text)), List.of());
        }
        List<Flaw> flaws = new ArrayList<>();
        draft.tell(0, flaws);
        return new Submission(List.of(), flaws);
    }

    /// The event as JSON, with its `offset` where it has one, its attributes not judged.
    Bytes unjudged(BinaryMessage message) {
        JsonText json = begun(message);
        Set<String> names = new HashSet<>();
        for (Header header : message.headers()) {
            String name = attributeName(header);
            if (name == null) {
                continue;
            }
            requireOnce(names.add(name), name);
            String value = HeaderValue.decode(header.value());
            if (value == null) {
                throw Stopped.malformed(BinaryMessage.PREFIX + name + ' ' + UNDECODABLE);
            }
            json.name(name).string(value);
        }
        payload(message, new Draft(Instant.MAX), json);
        return json.raw("}").bytes();
    }

    private static void attribute(String name, Header header, Draft draft, JsonText json) {
        Attribute attribute = Attribute.named(name);
        requireOnce(draft.first(attribute, name), name);
        String value = HeaderValue.decode(header.value());
        switch (attribute) {
            case OFFSET -> {}
            case DATA, DATA_BASE64, DATACONTENTTYPE ->
                draft.flaw(name, "is no header: the payload is the body, its media type the Content-Type");
            default -> {
                if (value == null) {
                    draft.flaw(name, UNDECODABLE);
                } else {
                    draft.text(attribute, name, value);
                    json.name(name).string(value);
                }
            }
        }
    }

    private Event.Data payload(BinaryMessage message, Draft draft, JsonText json) {
        Bytes body = message.body();
        String contentType = contentType(message);
        MediaType type = contentType == null ? MediaType.JSON : MediaType.parse(contentType);
        if (contentType != null) {
            draft.text(Attribute.DATACONTENTTYPE, "datacontenttype", contentType);
            json.name("datacontenttype").string(contentType);
        }
        if (body.isEmpty()) {
            return draft.data(null);
        }
        if (type != null && type.json()) {
            Bytes value = strict.value(body);
            int from = json.name("data").length();
            return draft.data(json.raw(value).bytes().slice(from, from + value.length()));
        }
        if (type != null && type.text() && type.utf8() && Utf8.firstFlaw(body) < 0) {
            json.name("data").string(body);
        } else {
            json.name("data_base64").base64(body);
        }
        return draft.opaque();
    }

    /// Null where none is given and the body is JSON, or nothing.
    private @Nullable String contentType(BinaryMessage message) {
        boolean guess = message.contentType() == null && !message.body().isEmpty();
        return guess && !strict.isValue(message.body()) ? "application/octet-stream" : message.contentType();
    }

    private static JsonText begun(BinaryMessage message) {
        return new JsonText(message.body().length() + ROOM_FOR_NAMES).raw("{");
    }

    private static @Nullable String attributeName(Header header) {
        String name = header.name();
        int prefix = BinaryMessage.PREFIX.length();
        boolean attribute = name.regionMatches(true, 0, BinaryMessage.PREFIX, 0, prefix);
        return attribute ? name.substring(prefix).toLowerCase(Locale.ROOT) : null;
    }

    private static void requireOnce(boolean first, String name) {
        if (!first) {
            throw Stopped.malformed(
                    "expected each attribute once, found the header " + BinaryMessage.PREFIX + name + " again");
        }
    }
}
