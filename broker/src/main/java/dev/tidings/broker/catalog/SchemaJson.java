package dev.tidings.broker.catalog;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes a YAML tree as compact JSON, the form in which schemas are kept: two layouts of one schema are one text.
final class SchemaJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final Problems problems;

    private SchemaJson(JsonGenerator json, Problems problems) {
        this.json = json;
        this.problems = problems;
    }

    static String of(Yaml node, Problems problems) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            new SchemaJson(json, problems).write(node);
        }
        return text.toString();
    }

    private void write(Yaml node) {
        switch (node) {
            case Yaml.Mapping(var _, var members) -> {
                json.writeStartObject();
                members.forEach((key, value) -> {
                    json.writeName(key);
                    write(value);
                });
                json.writeEndObject();
            }
            case Yaml.Sequence(var _, var items) -> {
                json.writeStartArray();
                items.forEach(this::write);
                json.writeEndArray();
            }
            case Yaml.Scalar scalar -> writeScalar(scalar);
        }
    }

    private void writeScalar(Yaml.Scalar scalar) {
        switch (scalar.form()) {
            case TEXT -> json.writeString(scalar.text());
            case INTEGER -> json.writeNumber(new BigInteger(scalar.text()));
            case DECIMAL -> writeDecimal(scalar);
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(scalar.text()));
            case NULL -> json.writeNull();
        }
    }

    private void writeDecimal(Yaml.Scalar scalar) {
        try {
            json.writeNumber(new BigDecimal(scalar.text()));
        } catch (NumberFormatException notFinite) {
            problems.add(scalar.place(), "'" + scalar.text() + "' is no number of JSON");
            json.writeNull();
        }
    }
}
