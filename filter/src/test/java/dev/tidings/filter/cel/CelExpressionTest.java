package dev.tidings.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {
    private static final Map<String, Object> ATTRIBUTES = Map.of(
            "id", "A-1",
            "source", "/shop/1",
            "type", "com.example.order.placed",
            "specversion", "1.0",
            "time", "2026-05-01T10:00:00+02:00",
            "priority", 7,
            "express", true);
    private static final String DATA = """
            {"changed":["name","address"],"count":3,"price":10.5,"large":9007199254740993,"huge":1e400,
             "huger":123456789012345678901234567890,"none":null,"flag":true,"text":"Überweisung",
             "items":[{"sku":"A1","n":2},{"sku":"B2","n":5}]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data.changed.exists(c, c == "address")                      | true
            data.changed.exists(c, c == "email")                        | false
            "address" in data.changed                                   | true
            type == "com.example.order.placed" && source.startsWith("/shop/") | true
            subject == ""                                               | true
            has(attributes.subject)                                     | false
            attributes.priority > 5 && attributes.express               | true
            has(attributes.absent) && attributes.absent == "x"          | false
            time >= timestamp("2026-05-01T08:00:00Z")                   | true
            time.getFullYear() == 2026                                  | true
            time - timestamp("2026-05-01T07:00:00Z") == duration("1h")  | true
            data.count == 3 && data.count == 3.0 && data.count / 2 == 1 | true
            data.price * 2.0 > 20.0 && data.price > 10                  | true
            data.large == 9007199254740993                              | true
            data.large == 9007199254740992                              | false
            data.huge > 1e300 && data.huger > 1e29                      | true
            data.none == null && has(data.none) && !has(data.absent)    | true
            data.flag                                                   | true
            data.text.size() == 11 && data.text.contains("weis")        | true
            data.text.matches("^.berw")                                 | true
            matches(data.text, "sung$")                                 | true
            data.items.exists(i, i.sku == "B2" && i.n > 4)              | true
            data.items.all(i, i.n > 2)                                  | false
            data.items.filter(i, i.n > 2).size() == 1                   | true
            data.items.map(i, i.sku) == ["A1", "B2"]                    | true
            data.items[1].sku == "B2" && data["items"][0].n == 2        | true
            false && data.absent == 1                                   | false
            """)
    void evaluates(String expression, boolean expected) throws Exception {
        assertThat(CelExpression.compile(expression).evaluate(event())).isEqualTo(expected);
    }

    @Test
    void leavesAsideWhatDecidesNothing() throws Exception {
        assertThat(CelExpression.compile("data.absent == 1 || true").evaluate(event()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.absent == 1",
                "data.changed.name == 1",
                "data.count / 0 == 1",
                "9223372036854775807 + data.count > 0",
                "data.text",
                "data.text > 1",
                "data.items[5].n == 1",
                "timestamp(data.text) == time",
                "data.text.matches('((a{1000}){1000}){1000}')",
                "data.text.matches('(')",
                "attributes.absent == 'x'"
            })
    void failsOnWhatItCannotSay(String expression) throws Exception {
        CelExpression compiled = CelExpression.compile(expression);

        assertThatThrownBy(() -> compiled.evaluate(event())).isInstanceOf(CelFailure.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id               | expected type 'bool' but found 'string'
            id ==            | at line 1, character 6
            idd == "x"       | undeclared reference to 'idd'
            id == 1          | no matching overload
            id.upper() == "" | undeclared reference to 'upper'
            true ? : false   | at line 1
            """)
    void saysWhatIsNoExpression(String expression, String complaint) {
        assertThatThrownBy(() -> CelExpression.compile(expression))
                .isInstanceOfSatisfying(
                        CelFlaw.class, flaw -> assertThat(flaw.complaint()).contains(complaint));
    }

    @Test
    void isBoundedInDepthAndSize() {
        for (String expression : new String[] {
            "(".repeat(60) + "true" + ")".repeat(60),
            "data" + ".x".repeat(100) + " == 1",
            "1" + " + 1".repeat(500) + " == 1",
            "true" + " && true".repeat(600),
        }) {
            assertThatThrownBy(() -> CelExpression.compile(expression)).isInstanceOf(CelFlaw.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.many.all(x, data.many.all(y, x + y >= 0))",
                "[data.long].map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).map(a, a+a).size() == 1",
                "[data.many].map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).map(a, a+a+a+a+a+a+a+a).all(a, a == a)",
                "data.many.all(x, data.long == data.long)",
                "data.many.all(x, data == data)",
                "[data.many.map(x, data.some)].all(l, l == l && l == l && l == l && l == l && l == l && l == l)",
                "data.some.all(x, data.long.matches('(.*a){30}b'))",
                "data.some.all(x, data.long.contains(data.long))"
            })
    void givesUpWhatWouldTakeTooLong(String expression) throws Exception {
        StringBuilder many = new StringBuilder("0");
        for (int i = 1; i < 5_000; i++) {
            many.append(',').append(i);
        }
        String data =
                "{\"many\":[" + many + "],\"some\":[1,2,3,4,5,6,7,8,9,10],\"long\":\"" + "a".repeat(30_000) + "\"}";
        CelEvent event = new CelEvent(ATTRIBUTES, new Payload.Json(Bytes.utf8(data)));
        CelExpression compiled = CelExpression.compile(expression);

        assertThatThrownBy(() -> compiled.evaluate(event)).isInstanceOf(CelFailure.class);
    }

    @Test
    void readsLargePayloadsWithinItsMeans() throws Exception {
        StringBuilder items = new StringBuilder("{\"sku\":\"X\",\"n\":0}");
        for (int i = 1; i < 2_000; i++) {
            items.append(",{\"sku\":\"S")
                    .append(i)
                    .append("\",\"n\":")
                    .append(i)
                    .append('}');
        }
        CelEvent event = new CelEvent(ATTRIBUTES, new Payload.Json(Bytes.utf8("{\"items\":[" + items + "]}")));

        assertThat(CelExpression.compile("data.items.exists(i, i.sku == 'S1999' && i.n > 1998)")
                        .evaluate(event))
                .isTrue();
        assertThat(CelExpression.compile("data.items.filter(i, i.n > 1900).size() == 99")
                        .evaluate(event))
                .isTrue();
    }

    @Test
    void seesPayloadsThatAreNoJson() throws Exception {
        assertThat(evaluate("data == null", new Payload.None())).isTrue();
        assertThat(evaluate("data.startsWith('<')", new Payload.Text("<x/>"))).isTrue();
        assertThat(evaluate(
                        "data == b'\\x01\\x02' && size(data) == 2", new Payload.Binary(Bytes.of(new byte[] {1, 2}))))
                .isTrue();
        assertThatThrownBy(() -> evaluate("data == 1", new Payload.Json(Bytes.utf8("{"))))
                .isInstanceOf(CelFailure.class);
    }

    private static boolean evaluate(String expression, Payload payload) throws CelFlaw, CelFailure {
        return CelExpression.compile(expression).evaluate(new CelEvent(ATTRIBUTES, payload));
    }

    private static CelEvent event() {
        return new CelEvent(ATTRIBUTES, new Payload.Json(Bytes.utf8(DATA)));
    }
}
