package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1a",
                "a b",
                "a;DROP TABLE orders",
                "a--",
                "\"a\"",
                "a.b.c",
                ".a",
                "a.",
                "ö",
                "a\n",
                "a1234567890123456789012345678901234567890123456789012345"
            })
    void refusesANameThatIsNoPlainIdentifier(String name) {
        assertThatThrownBy(() -> new Outbox(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("table or schema.table");
    }

    @ParameterizedTest
    @EnumSource
    void writesItsDdlForTheTableThatItIsIn(Database database) {
        assertThat(new Outbox("shop.events").ddl(database))
                .contains("CREATE TABLE shop.events (", "shop.events_refused", "INTO shop.events_leader")
                .doesNotContain("tidings_outbox")
                .endsWith(";\n");
    }

    @Test
    void notifiesWithoutTheSchema() {
        assertThat(new Tables("shop.events").channel()).isEqualTo("events");
        assertThat(new Tables("events").channel()).isEqualTo("events");
    }
}
