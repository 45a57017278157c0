package dev.tidings.it;

import tools.jackson.databind.node.ObjectNode;

/// The example that most tests are about: a shop that produces, and who reads of it.
public final class Shop {
    static final String PLACED = "Shop.Web.Order.Placed";
    static final String PAID = "Shop.Web.Order.Paid";
    /// In a stream of its own.
    static final String PACKED = "Shop.Store.Order.Packed";
    /// With a schema: `{"grams": 1200}`.
    static final String WEIGHED = "Shop.Store.Order.Weighed";
    static final String SOURCE = "/shop/web";

    private static final String TYPES = "[" + String.join(", ", PLACED, PAID, PACKED, WEIGHED) + "]";
    private static final String SCHEMA = "{ schema: { type: object, required: [grams], properties:"
            + " { grams: { type: integer, minimum: 1 }, label: { type: string } } } }";

    static final String PRODUCES = "produces: { sources: [" + SOURCE + ", /shop/till], types: " + TYPES + " }";

    /// All types, and nobody.
    static final CatalogText TYPES_ONLY =
            CatalogText.EMPTY.type(PLACED).type(PAID).type(PACKED).type(WEIGHED, SCHEMA);

    /// `shop` produces all types, `desk` and `store` consume all, `admin` administers, `nobody` may do nothing.
    public static final CatalogText CATALOG = TYPES_ONLY
            .client("shop", PRODUCES)
            .client("desk", "consumes: { types: " + TYPES + " }")
            .client("store", "consumes: { types: " + TYPES + " }")
            .client("admin", "admin: true")
            .client("nobody", "description: Somebody without rights.");

    private Shop() {}

    /// An event of the type [#PLACED], to be changed at will.
    public static ObjectNode order(String id) {
        return event(PLACED, id);
    }

    static ObjectNode event(String type, String id) {
        ObjectNode event = Json.object().put("specversion", "1.0").put("id", id);
        event.put("source", SOURCE).put("type", type).putObject("data").put("grams", 1200);
        return event;
    }
}
