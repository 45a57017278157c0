package dev.tidings.it;

import dev.tidings.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A request to be made.
///
/// @param address a path, or a whole address
/// @param headers names and values, by turns
record Call(String method, String address, List<String> headers, Bytes body) {
    static final String EVENT = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    static Call of(String method, String address) {
        return new Call(method, address, List.of(), Bytes.EMPTY);
    }

    static Call get(String address) {
        return of("GET", address);
    }

    static Call post(String address) {
        return of("POST", address);
    }

    /// One structured event.
    static Call event(JsonNode event) {
        return post("/ce/produce/event").type(EVENT).body(event.toString());
    }

    /// A batch of events.
    static Call batch(List<? extends JsonNode> events) {
        return post("/ce/produce/events").type(BATCH).body(Json.array(events).toString());
    }

    /// One event of the type [Shop#PLACED] in binary mode; its body, content type and more headers are to come.
    static Call raw(String id) {
        return post("/ce/produce/raw")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", Shop.SOURCE)
                .header("ce-type", Shop.PLACED);
    }

    Call header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(name, value));
        return new Call(method, address, more, body);
    }

    /// The `Content-Type`.
    Call type(String type) {
        return header("Content-Type", type);
    }

    Call body(String text) {
        return body(Bytes.utf8(text));
    }

    Call body(Bytes bytes) {
        return new Call(method, address, headers, bytes);
    }

    /// The same to another place.
    Call to(String otherAddress) {
        return new Call(method, otherAddress, headers, body);
    }
}
