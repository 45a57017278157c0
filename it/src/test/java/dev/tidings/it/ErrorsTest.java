package dev.tidings.it;

import static dev.tidings.it.Statement.ERRORS_ARE_PROBLEMS;
import static dev.tidings.it.Statement.ERRORS_NAME_BAD_EVENTS;
import static dev.tidings.it.Statement.ERRORS_TOLD_IN_ONE_PASS;
import static dev.tidings.it.Statement.STATUS_401_WWW_AUTHENTICATE;
import static dev.tidings.it.Statement.STATUS_405_ALLOW;
import static dev.tidings.it.Statement.STATUS_415_ACCEPT_ENCODING;
import static dev.tidings.it.Statement.STATUS_415_ACCEPT_POST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ErrorsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @ParameterizedTest
    @CsvSource({
        "GET,  /nowhere,            404, not-found",
        "PUT,  /ce/produce/event,   405, method-not-allowed",
        "GET,  /ce/produce/event,   405, method-not-allowed",
        "POST, /ce/produce/event,   415, unsupported-content-type",
        "POST, /ce/consumers?test=, 400, invalid-parameter",
        "GET,  /n1/ce/consumers/~default/instances/none/event, 404, instance-not-found",
        "GET,  /admin/catalog,      401, not-allowed",
        "GET,  /%zz,                400, malformed-request"
    })
    @Proves(ERRORS_ARE_PROBLEMS)
    void haveABodyThatIsAProblem(String method, String path, int status, String slug) {
        Reply reply = Raw.request(broker.address(), method + " " + path + " HTTP/1.1", "Authorization: Bearer desk");

        reply.refused(status, slug);
    }

    @Test
    @Proves(ERRORS_ARE_PROBLEMS)
    void haveABodyThatIsAProblemWhereTheRequestIsNoHttp() {
        Reply reply = Raw.request(broker.address(), "GET /ce HTTP/1.1", "No colon here");

        reply.refused(400, "malformed-request");
    }

    @Test
    @Proves({ERRORS_NAME_BAD_EVENTS, ERRORS_TOLD_IN_ONE_PASS})
    void nameEveryBadEventOfABatch() {
        ObjectNode noId = Shop.order("gone");
        noId.remove("id");

        Reply reply = broker.client("shop")
                .produce(
                        Shop.order("good"),
                        Shop.order("timeless").put("time", "yesterday").put("Rank", "1"),
                        Shop.order("also good"),
                        noId,
                        Shop.order("sourceless").put("source", "not a uri"));

        reply.refused(400, "malformed-event")
                .saying("3 events", "nothing was stored")
                .naming("1 timeless /time", "1 timeless /Rank", "3 - /id", "4 sourceless /source");
    }

    @Test
    @Proves({ERRORS_NAME_BAD_EVENTS, ERRORS_TOLD_IN_ONE_PASS})
    void nameEveryPlaceInTheDataThatViolatesTheSchema() {
        ObjectNode two = Shop.event(Shop.WEIGHED, "two");
        two.putObject("data").put("grams", 0).put("label", 7);
        ObjectNode none = Shop.event(Shop.WEIGHED, "none");
        none.putObject("data");

        Reply reply = broker.client("shop").produce(Shop.event(Shop.WEIGHED, "good"), two, none);

        Problem problem = reply.refused(422, "schema-violated");
        assertThat(problem.errors())
                .containsExactlyInAnyOrder("1 two /data/grams", "1 two /data/label", "2 none /data");
    }

    @Test
    @Proves({ERRORS_NAME_BAD_EVENTS, ERRORS_TOLD_IN_ONE_PASS})
    void nameEveryTypeAndSourceThatIsNotAllowed() {
        Reply reply = broker.client("shop")
                .produce(
                        Shop.order("a").put("source", "/shop/wep"),
                        Shop.order("b"),
                        Shop.event("Shop.Web.Order.Lost", "c").put("source", "/elsewhere"));

        Problem problem = reply.refused(401, "not-allowed");
        assertThat(problem.errors()).containsExactlyInAnyOrder("0 a /source", "2 c /type", "2 c /source");
        assertThat(problem.json().path("errors").path(0).path("reason").asString())
                .contains(Shop.SOURCE);
    }

    @Test
    @Proves(ERRORS_TOLD_IN_ONE_PASS)
    void nameAHundredAtMost() {
        List<ObjectNode> bad = IntStream.range(0, 250)
                .mapToObj(i -> Shop.order("bad " + i).put("subject", ""))
                .toList();

        Reply reply = broker.client("shop").send(Call.batch(bad));

        assertThat(reply.refused(400, "malformed-event").errors())
                .hasSize(100)
                .startsWith("0 bad 0 /subject")
                .endsWith("99 bad 99 /subject");
    }

    @Test
    @Proves(STATUS_401_WWW_AUTHENTICATE)
    void tellHowToAuthenticate() {
        Problem unknown =
                broker.clientWith("a wrong key").get("/ce/tools/my-settings").refused(401, "unauthenticated");
        Problem forbidden = broker.client("desk").produce(Shop.order("1")).refused(401, "not-allowed");

        assertThat(unknown.reply().header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(forbidden.reply().header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /ce/produce/event   | OPTIONS, POST",
                "PUT    | /ce/consume/ws      | GET, OPTIONS",
                "POST   | /openapi.yaml       | GET, HEAD, OPTIONS",
                "POST   | /admin/catalog      | GET, HEAD, OPTIONS, PUT",
            })
    @Proves(STATUS_405_ALLOW)
    void tellWhichMethodsAPathTakes(String method, String path, String allow) {
        Reply reply = broker.client("shop").send(Call.of(method, path));

        reply.refused(405, "method-not-allowed").header("Allow", allow);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ce/produce/raw    | application/xml              | application/json, application/octet-stream, text/plain",
                "/ce/produce/raw    | application/cloudevents+json | application/json, application/octet-stream, text/plain",
                "/ce/produce/event  | application/json             | application/cloudevents+json",
                "/ce/produce/event  | application/cloudevents-batch+json | application/cloudevents+json",
                "/ce/produce/events | application/cloudevents+json | application/cloudevents-batch+json",
                "/ce/produce/events | text/plain                   | application/cloudevents-batch+json",
                "/ce                | application/cloudevents+xml  | application/cloudevents+json, application/cloudevents-batch+json, */*",
            })
    @Proves(STATUS_415_ACCEPT_POST)
    void tellWhichContentTypesAPathTakes(String path, String type, String accepted) {
        Reply reply = broker.client("shop").send(Call.post(path).type(type).body("{}"));

        reply.refused(415, "unsupported-content-type").saying(type).header("Accept-Post", accepted);
    }

    @ParameterizedTest
    @CsvSource({"br", "deflate", "'gzip, gzip'"})
    @Proves(STATUS_415_ACCEPT_ENCODING)
    void tellWhichContentCodingsAreTaken(String coding) {
        Reply reply = broker.client("shop").send(Call.event(Shop.order("1")).header("Content-Encoding", coding));

        reply.refused(415, "unsupported-content-encoding").saying(coding).header("Accept-Encoding", "gzip, zstd");
    }
}
