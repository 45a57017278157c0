package dev.tidings.it;

import static dev.tidings.it.Statement.STATUS_400_FUTURE_TIME;
import static dev.tidings.it.Statement.STATUS_400_NOT_JSON;
import static dev.tidings.it.Statement.STATUS_400_OFFSET;
import static dev.tidings.it.Statement.STATUS_400_PARAMETER;
import static dev.tidings.it.Statement.STATUS_400_REQUIRED_ATTRIBUTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What is answered with 400.
class MalformedRequestsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "\"event\"", "{} {}", "{\"id\": 'a'}", "{\"id\": \"1\", \"id\": \"2\"}"})
    @Proves(STATUS_400_NOT_JSON)
    void refusesAnEventThatIsNoJsonObject(String body) {
        Reply reply = broker.client("shop").send(Call.event(Shop.order("1")).body(body));

        reply.refused(400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "{}", "[1]", "[{}", "[{},]", "[null]"})
    @Proves(STATUS_400_NOT_JSON)
    void refusesABatchThatIsNoArrayOfObjects(String body) {
        Reply reply = broker.client("shop").send(Call.batch(List.of()).body(body));

        reply.refused(400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "grams: 1", "{\"grams\": 01}"})
    @Proves(STATUS_400_NOT_JSON)
    void refusesAPayloadThatSaysItIsJsonAndIsNot(String body) {
        Reply reply = broker.client("shop")
                .send(Call.raw("1").type("application/json").body(body));

        reply.refused(400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"specversion", "id", "source", "type"})
    @Proves(STATUS_400_REQUIRED_ATTRIBUTE)
    void refusesAnEventWithoutARequiredAttribute(String attribute) {
        ObjectNode event = Shop.order("1");
        event.remove(attribute);

        Reply reply = broker.client("shop").produce(event);

        reply.refused(400, "malformed-event").naming("0 " + (attribute.equals("id") ? "-" : "1") + " /" + attribute);
    }

    @ParameterizedTest
    @CsvSource({
        "id, ''",
        "source, ''",
        "source, a b",
        "type, ''",
        "type, a..b",
        "time, 2026-01-01",
        "time, 2026-02-30T00:00:00Z",
        "datacontenttype, json",
        "dataschema, relative",
        "subject, ''",
        "partitionkey, ''",
        "UPPER, x",
        "under_score, x"
    })
    @Proves(STATUS_400_REQUIRED_ATTRIBUTE)
    void refusesAnAttributeOfTheWrongForm(String attribute, String value) {
        Reply reply = broker.client("shop").produce(Shop.order("1").put(attribute, value));

        reply.refused(400, "malformed-event").naming("0 " + (attribute.equals("id") ? "-" : "1") + " /" + attribute);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-specversion", "ce-id", "ce-source", "ce-type"})
    @Proves(STATUS_400_REQUIRED_ATTRIBUTE)
    void refusesAnEventInBinaryModeWithoutARequiredHeader(String header) {
        Call whole = Call.raw("1");
        int at = whole.headers().indexOf(header);
        Call less = Call.post(whole.address());
        for (int i = 0; i < whole.headers().size(); i += 2) {
            less = i == at
                    ? less
                    : less.header(whole.headers().get(i), whole.headers().get(i + 1));
        }

        Reply reply = broker.client("shop").send(less);

        reply.refused(400, "malformed-event")
                .naming("0 " + (header.equals("ce-id") ? "-" : "1") + " /" + header.substring(3));
    }

    @Test
    @Proves(STATUS_400_FUTURE_TIME)
    void refusesATimeBeyondTheTolerance() {
        String time = Instant.now().plusSeconds(120).toString();

        Reply reply = broker.client("shop").produce(Shop.order("late").put("time", time));

        reply.refused(400, "malformed-event").naming("0 late /time");
    }

    @Test
    @Proves(STATUS_400_FUTURE_TIME)
    void takesATimeWithinTheTolerance() {
        String time = Instant.now().plusSeconds(30).toString();

        Reply reply = broker.client("shop").produce(Shop.order("soon").put("time", time));

        reply.accepted(1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events=yes",
                "test=",
                "dead=1",
                "group=a%20b",
                "group=~other",
                "inflight=0",
                "inflight=x",
                "types=a..b",
                "from=tomorrow",
                "test=true&test=false",
                "maxDeliveries=-1",
                "maxRate=0",
                "maxRate=1000001",
                "maxRate=fast"
            })
    @Proves(STATUS_400_PARAMETER)
    void refusesAnUnknownValueOfAParameter(String query) {
        Reply reply = broker.client("desk").post("/ce/consumers?" + query);

        reply.refused(400, "invalid-parameter").saying(query.substring(0, query.indexOf('=')));
    }

    @Test
    @Proves(STATUS_400_PARAMETER)
    void tellsOfAllParametersAtOnce() {
        Reply reply = broker.client("desk").post("/ce/consumers?events=yes&dead=1&inflight=0");

        reply.refused(400, "invalid-parameter").saying("'events'", "'yes'", "'dead'", "'inflight'");
    }

    @Test
    @Proves(STATUS_400_OFFSET)
    void refusesAnOffsetNeverDeliveredAndMovesNothing() {
        broker.client("shop").produce(Shop.order("first"), Shop.order("second")).accepted(2, 0);
        PolledInstance desk = broker.client("desk").poll("group=offsets&types=" + Shop.PLACED);
        List<String> delivered = Json.ids(desk.events(2));

        desk.confirmation(3).refused(400, "offset-not-delivered");

        desk.delete();
        PolledInstance next = broker.client("desk").poll("group=offsets");
        assertThat(Json.ids(next.events(2))).isEqualTo(delivered);
    }
}
