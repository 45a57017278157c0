package dev.tidings.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the events of a request, in whatever mode of the CloudEvents HTTP binding it has.
final class WebhookEvents {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WebhookEvents() {}

    /// Each as a line of JSON. A [Complaint] says why there are none.
    ///
    /// @param headers by their names in small letters
    static List<String> read(Map<String, String> headers, byte[] body) {
        String type = essence(headers.getOrDefault("content-type", ""));
        List<String> lines = new ArrayList<>();
        try {
            if (type.startsWith("application/cloudevents-batch+json")) {
                JSON.readTree(body).forEach(event -> lines.add(event.toString()));
            } else if (type.startsWith("application/cloudevents")) {
                lines.add(JSON.readTree(body).toString());
            } else {
                lines.add(binary(headers, type, body).toString());
            }
        } catch (JacksonException _) {
            throw Complaint.wrongInput("the body is no JSON");
        }
        return lines;
    }

    private static JsonNode binary(Map<String, String> headers, String type, byte[] body) {
        ObjectNode event = JSON.createObjectNode();
        new TreeMap<>(headers).forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                event.put(name.substring("ce-".length()), decoded(value));
            }
        });
        if (!event.has("specversion")) {
            throw Complaint.wrongInput("there is no event in it: no ce-specversion");
        }
        if (!type.isEmpty()) {
            event.put("datacontenttype", type);
        }
        if (type.equals("application/json") || type.endsWith("+json")) {
            event.set("data", JSON.readTree(body));
        } else if (type.startsWith("text/")) {
            event.put("data", new String(body, StandardCharsets.UTF_8));
        } else if (body.length > 0) {
            event.put("data_base64", Base64.getEncoder().encodeToString(body));
        }
        return event;
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /// Attributes are percent-encoded (CloudEvents HTTP binding, 3.1.3.2).
    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = c == '%' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
            if (low < 0) {
                bytes.write(c);
            } else {
                bytes.write(high * 16 + low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
