package dev.tidings.model.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNamingTest {
    @Test
    void findsNothingToSayOfAGoodName() {
        assertThat(advice("Shop.Web.Order.Placed")).isEmpty();
    }

    @Test
    void advisesFourSegments() {
        assertThat(advice("com.example.shop.order.placed"))
                .singleElement()
                .asString()
                .contains("5 segments")
                .contains("Organization.System.Entity.Action");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Placed",
                "placed",
                "Sent",
                "Paid",
                "Sold",
                "Built",
                "Withdrawn",
                "Freed",
                "Put",
                "Read",
                "Agreed",
                "PasswordChanged",
                "SentToArchive",
                "password_changed",
                "ChangedV2",
                "sent-again",
                "Started2",
                "XMLReceived"
            })
    void takesTheActionForPast(String action) {
        assertThat(advice("Shop.Web.Order." + action)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Place",
                "Send",
                "Update",
                "Proceed",
                "Feed",
                "Placing",
                "OrderEvent",
                "Red",
                "Order",
                "v2",
                "2",
                "-",
                "_",
                "Ed"
            })
    void advisesThePastTense(String action) {
        assertThat(advice("Shop.Web.Order." + action))
                .singleElement()
                .asString()
                .contains("'" + action + "' is not in the past tense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OrderEvent", "Order-DTO", "OrderEntity", "order_row", "Payload"})
    void advisesAgainstAnEntityWithAWordOfPrograms(String entity) {
        assertThat(advice("Shop.Web." + entity + ".Placed"))
                .singleElement()
                .asString()
                .contains("'" + entity + "' has a word of programs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Inserted", "row_upserted", "Persisted"})
    void advisesAgainstAnActionOfDatabases(String action) {
        assertThat(advice("Shop.Web.Order." + action))
                .singleElement()
                .asString()
                .contains("'" + action + "' is a word of databases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Eventual", "Browser", "Rowing", "Identity"})
    void takesNoWordForAnother(String entity) {
        assertThat(advice("Shop.Web." + entity + ".Placed")).isEmpty();
    }

    @Test
    void advisesOnASingleSegment() {
        assertThat(advice("placed")).singleElement().asString().contains("1 segments");
    }

    private static List<String> advice(String type) {
        return TypeNaming.advice(EventType.parse(type).orElseThrow());
    }
}
