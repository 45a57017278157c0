package dev.tidings.broker.publishing;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import java.util.List;
import java.util.Optional;

/// A catalog to publish by, and events.
final class Shop {
    static final String YAML = """
            types:
              Shop.Web.Order.Placed: { max-size: 1KiB, deduplication: 1h }
              Shop.Web.Order.Paid: { schema: { const: valid } }
              Shop.Web.Order.Scanned: { schema: { const: valid }, dataref: true }
              Shop.Web.Order.Sent: { deduplication: 0s }
            clients:
              shop:
                produces:
                  sources: [/shop, /till]
                  types: [Shop.Web.Order.Placed, Shop.Web.Order.Paid, Shop.Web.Order.Scanned]
                consumes: { types: [Shop.Web.Order.Sent] }
                quotas: { events-per-second: 10 }
              reader:
                consumes: { types: [Shop.Web.Order.Placed, Shop.Web.Order.Paid] }
            """;
    static final String PLACED = "Shop.Web.Order.Placed";
    static final String PAID = "Shop.Web.Order.Paid";
    static final String SCANNED = "Shop.Web.Order.Scanned";
    static final String SENT = "Shop.Web.Order.Sent";
    static final Caller SHOP = caller("shop");
    static final Caller READER = caller("reader");

    private Shop() {}

    static Catalog catalog() {
        return catalog(YAML, 1);
    }

    static Catalog catalog(String yaml, long version) {
        return switch (CatalogText.read(yaml, _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) -> new Catalog(version, catalog.types(), catalog.clients());
            case CatalogRead.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    /// Finds only the text `"valid"` valid.
    static DataSchema schema(String text) {
        return json -> json.toUtf8().equals("\"valid\"")
                ? List.of()
                : List.of(new DataSchema.Violation("/a", "expected valid, found " + json.toUtf8()));
    }

    static Caller caller(String name) {
        return new Caller(new ClientName(name));
    }

    static Submission submission(Event... events) {
        return new Submission(List.of(events), List.of());
    }

    static Submission flawed(Event... events) {
        return new Submission(List.of(events), List.of(new Flaw(0, null, "/id", "id is missing")));
    }

    static Event event(String id, String type) {
        return event(id, type, "/shop", new Event.Data.Json(Bytes.utf8("\"valid\"")));
    }

    static Event event(String id, String type, String source, Event.Data data) {
        return new Event(id, source, new EventType(type), null, null, data, Bytes.utf8("{\"id\":\"" + id + "\"}"));
    }

    static Event large(String id, String type, int bytes) {
        Event event = event(id, type);
        return new Event(id, event.source(), event.type(), null, null, event.data(), Bytes.of(new byte[bytes]));
    }

    static Event with(String id, String json) {
        return event(id, PAID, "/shop", new Event.Data.Json(Bytes.utf8(json)));
    }
}
