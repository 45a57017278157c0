package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Flaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event while its attributes come in, one by one, in any order. Judges each as it comes.
final class Draft {
    private static final Event.Data NO_DATA = new Event.Data.None();

    private final Instant latest;
    private final List<Flaw> flaws = new ArrayList<>(0);
    private final Set<Attribute> seen = EnumSet.noneOf(Attribute.class);
    private @Nullable Set<String> extensions;
    private @Nullable String id;
    private @Nullable String source;
    private @Nullable EventType type;
    private @Nullable String partitionKey;
    private @Nullable String dataRef;
    private @Nullable Instant time;
    private String contentType = MediaType.JSON.essence();
    private boolean json = true;
    private boolean specversion;

    /// @param latest the latest `time` that does not count as the future
    Draft(Instant latest) {
        this.latest = latest;
    }

    /// Whether the member was not there before.
    boolean first(Attribute attribute, String name) {
        if (attribute == Attribute.EXTENSION) {
            extensions = extensions == null ? new HashSet<>(4) : extensions;
            return extensions.add(name);
        }
        return seen.add(attribute);
    }

    void text(Attribute attribute, String name, String value) {
        if (!AttributeText.allowed(value)) {
            flaw(name, "must not hold control characters, unpaired surrogates or noncharacters");
        } else {
            plain(attribute, name, value);
        }
    }

    /// Text whose characters are known to be allowed.
    void plain(Attribute attribute, String name, String value) {
        switch (attribute) {
            case SPECVERSION -> specversion(name, value);
            case ID -> id = bounded(name, value);
            case SOURCE -> source = source(name, value);
            case TYPE -> type = type(name, value);
            case SUBJECT -> bounded(name, value);
            case PARTITIONKEY -> partitionKey = bounded(name, value);
            case TIME -> time = time(name, value);
            case DATACONTENTTYPE -> contentType(name, value);
            case DATASCHEMA ->
                demand(UriReference.absolute(value), name, "must be an absolute URI (RFC 3986), is ", value);
            case DATAREF -> dataRef = value;
            case EXTENSION -> extension(name);
            case DATA, DATA_BASE64, OFFSET -> throw new IllegalArgumentException(name + " is no attribute");
        }
    }

    /// A boolean or an integer of 32 bits.
    void scalar(Attribute attribute, String name) {
        if (attribute == Attribute.EXTENSION) {
            extension(name);
        } else if (!attribute.extension()) {
            flaw(name, "must be a string");
        }
    }

    /// Something that no attribute may be.
    void unfit(Attribute attribute, String name) {
        flaw(name, attribute.extension() ? "must be a string, a boolean or an integer of 32 bits" : "must be a string");
    }

    void flaw(String name, String reason) {
        if (flaws.size() == Flaw.MAX_TOLD) {
            return;
        }
        String pointer = '/' + name.replace("~", "~0").replace("/", "~1");
        flaws.add(new Flaw(0, null, pointer, name + ' ' + reason));
    }

    /// Ends the draft: demands what is required.
    boolean flawless() {
        required("specversion", specversion);
        required("id", id != null);
        required("source", source != null);
        required("type", type != null);
        return flaws.isEmpty();
    }

    void tell(int index, List<Flaw> told) {
        for (Flaw flaw : flaws) {
            if (told.size() < Flaw.MAX_TOLD) {
                told.add(new Flaw(index, id, flaw.pointer(), flaw.reason()));
            }
        }
    }

    @Nullable
    String id() {
        return id;
    }

    /// Null while there is none that is sound.
    @Nullable
    EventType type() {
        return type;
    }

    /// Sets one that is known to be sound.
    void type(EventType sound) {
        type = sound;
    }

    /// Null while there is none that is sound.
    @Nullable
    String source() {
        return source;
    }

    /// Sets one that is known to be sound.
    void source(String sound) {
        source = sound;
    }

    /// The kind of payload that `data` is, given its text.
    Event.Data data(@Nullable Bytes text) {
        return text == null ? NO_DATA : json ? new Event.Data.Json(text) : opaque();
    }

    Event.Data opaque() {
        return new Event.Data.Opaque(contentType);
    }

    Event event(Event.Data data, Bytes text) {
        return new Event(
                Objects.requireNonNull(id),
                Objects.requireNonNull(source),
                Objects.requireNonNull(type),
                partitionKey,
                time,
                dataRef,
                data,
                text);
    }

    private void required(String name, boolean present) {
        String pointer = '/' + name;
        if (!present && flaws.stream().noneMatch(flaw -> flaw.pointer().equals(pointer))) {
            flaw(name, "is missing");
        }
    }

    private void specversion(String name, String value) {
        specversion = true;
        demand(value.equals("1.0"), name, "must be \"1.0\", is ", value);
    }

    private @Nullable String source(String name, String value) {
        String source = bounded(name, value);
        if (source != null && !UriReference.wellFormed(source)) {
            flaw(name, "must be a URI-reference (RFC 3986), is " + AttributeText.shown(value));
            return null;
        }
        return source;
    }

    private @Nullable EventType type(String name, String value) {
        EventType parsed = EventType.parse(value).orElse(null);
        demand(parsed != null, name, "must be segments of letters, digits, '_' and '-' with dots between, is ", value);
        return parsed;
    }

    private @Nullable Instant time(String name, String value) {
        Instant parsed = Rfc3339.parse(value);
        demand(parsed != null, name, "must be a date-time of RFC 3339, is ", value);
        if (parsed != null && parsed.isAfter(latest)) {
            flaw(name, "lies in the future: " + AttributeText.shown(value) + "; compare the clocks");
        }
        return parsed;
    }

    private void contentType(String name, String value) {
        MediaType parsed = MediaType.parse(value);
        demand(parsed != null, name, "must be a media type (RFC 2046), is ", value);
        contentType = value;
        json = parsed != null && parsed.json();
    }

    private void extension(String name) {
        if (!AttributeText.isName(name)) {
            flaw(name, "is no attribute name: those are lower-case letters and digits");
        }
    }

    private @Nullable String bounded(String name, String value) {
        boolean fits = AttributeText.bounded(value);
        if (!fits) {
            flaw(name, "must have 1 to " + AttributeText.MAX_LENGTH + " characters, has " + value.length());
        }
        return fits ? value : null;
    }

    private void demand(boolean met, String name, String reason, String value) {
        if (!met) {
            flaw(name, reason + AttributeText.shown(value));
        }
    }
}
