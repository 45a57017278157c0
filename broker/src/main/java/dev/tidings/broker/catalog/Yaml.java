package dev.tidings.broker.catalog;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A node of a YAML document that remembers where it stands.
sealed interface Yaml {
    Place place();

    /// What it is, in words, for a message. Never its value: that may be a secret in the wrong place.
    String kind();

    record Mapping(Place place, SequencedMap<String, Yaml> members) implements Yaml {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Scalar(Place place, Form form, String text) implements Yaml {
        @Override
        public String kind() {
            return form.words;
        }
    }

    /// What a plain scalar is by the rules of YAML's JSON schema.
    enum Form {
        TEXT("text"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        BOOLEAN("true or false"),
        NULL("nothing");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    /// A place in the text. A mapping's member stands where its key does.
    ///
    /// @param step the key or index that leads here from the parent
    record Place(int line, int column, @Nullable Place parent, String step) {
        static final Place START = new Place(1, 1, null, "");

        Place member(int line, int column, String key) {
            return new Place(line, column, this, key);
        }

        Place item(int line, int column, int index) {
            return new Place(line, column, this, "[" + index + "]");
        }

        String path() {
            if (parent == null) {
                return "";
            }
            String above = parent.path();
            return above.isEmpty() || step.startsWith("[") ? above + step : above + "." + step;
        }
    }
}
