package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogLinterTest {
    private static final String GOOD = """
            types:
              Shop.Web.Order.Placed:
            clients:
              shop:
                credentials: [{ token-subject: shop }]
                produces: { sources: [/shop], types: [Shop.Web.Order.Placed] }
                consumes: { types: [Shop.Web.Order.Placed] }
            """;

    @Test
    void findsNothingInAGoodCatalog() {
        assertThat(lint(GOOD)).isEmpty();
    }

    @Test
    void warnsOfATypeThatIsNotFourSegments() {
        assertThat(lint("types: { com.example.shop.order.placed: {} }"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("types.com.example.shop.order.placed");
                    assertThat(warning.advice()).contains("5 segments").contains("Organization.System.Entity.Action");
                });
    }

    @Test
    void warnsOfAQueueThatNobodyConsumes() {
        String good = GOOD.replace("Placed:\n", "Placed: { queue: true }\n");
        assertThat(lint(good)).isEmpty();

        assertThat(lint("types: { Shop.Web.Order.Placed: { queue: true } }"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("types.Shop.Web.Order.Placed");
                    assertThat(warning.advice()).contains("a queue that no client consumes");
                });
    }

    @Test
    void warnsOfAnActionThatIsNotPast() {
        assertThat(lint("types: { Shop.Web.Order.Placed: {}, Shop.Web.Order.Place: {} }"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("types.Shop.Web.Order.Place");
                    assertThat(warning.advice()).contains("not in the past tense");
                });
    }

    @Test
    void warnsOfASchemaThatTellsADateAndATimeApart() {
        assertThat(lint("""
                        types:
                          Shop.Web.Order.Placed:
                            schema:
                              type: object
                              properties:
                                delivery:
                                  properties:
                                    day: { type: string, format: date }
                                    hour: { type: string, format: time }
                        """)).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("types.Shop.Web.Order.Placed");
            assertThat(warning.advice()).contains("'day'", "'hour'", "one whole date-time");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ properties: { at: { format: date-time }, born: { format: date } } }",
                "{ properties: { from: { properties: { day: { format: date } } }, opens: { format: time } } }",
                "{ properties: { format: { const: date }, other: { format: [time] } } }",
                "true"
            })
    void findsNothingInASchemaOfWholeDateTimes(String schema) {
        assertThat(lint("types: { Shop.Web.Order.Placed: { schema: " + schema + " } }"))
                .isEmpty();
    }

    @Test
    void warnsOfEventsThatGoBeforeTheirDuplicates() {
        assertThat(lint("types: { Shop.Web.Order.Placed: { retention: { age: 1h }, deduplication: 2h } }"))
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.advice()).contains("kept for 1h").contains("told for 2h"));
    }

    @Test
    void warnsOfAClientThatNobodyCanBe() {
        assertThat(lint(GOOD.replace("credentials: [{ token-subject: shop }]", "credentials: []")))
                .extracting(CatalogWarning::toString)
                .containsExactly("clients.shop: it has no credentials, so nobody can prove to be it; add one");
    }

    @Test
    void warnsOfAClientThatMayDoNothing() {
        assertThat(lint("clients: { shop: { credentials: [{ token-subject: shop }] } }"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.advice()).contains("it may do nothing"));
    }

    @Test
    void asksNothingElseOfAnAdministrator() {
        assertThat(lint("clients: { shop: { admin: true, credentials: [{ token-subject: shop }] } }"))
                .isEmpty();
    }

    @Test
    void warnsOfRolesThatNameNothing() {
        assertThat(lint("clients: { shop: { credentials: [{ token-subject: shop }], produces: {}, consumes: {} } }"))
                .extracting(CatalogWarning::path)
                .containsExactly("clients.shop.produces", "clients.shop.produces", "clients.shop.consumes");
    }

    private static List<CatalogWarning> lint(String text) {
        return switch (CatalogText.read(text, _ -> Optional.empty())) {
            case CatalogRead.Read(var _, var warnings) -> warnings;
            case CatalogRead.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }
}
