package dev.tidings.broker.publishing;

import static dev.tidings.broker.publishing.Shop.PAID;
import static dev.tidings.broker.publishing.Shop.PLACED;
import static dev.tidings.broker.publishing.Shop.READER;
import static dev.tidings.broker.publishing.Shop.SCANNED;
import static dev.tidings.broker.publishing.Shop.SENT;
import static dev.tidings.broker.publishing.Shop.SHOP;
import static dev.tidings.broker.publishing.Shop.caller;
import static dev.tidings.broker.publishing.Shop.event;
import static dev.tidings.broker.publishing.Shop.flawed;
import static dev.tidings.broker.publishing.Shop.large;
import static dev.tidings.broker.publishing.Shop.submission;
import static dev.tidings.broker.publishing.Shop.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.engine.Batch;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import dev.tidings.model.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishRulesTest {
    private final List<String> compiled = new ArrayList<>();
    private final PublishRules rules = PublishRules.of(Shop.catalog(), PublishConfig.DEFAULT, this::compile);

    @Test
    void admitsEventsIntoTheStreamsOfTheirTypes() {
        Event placed = event("1", PLACED);
        Event paid = event("2", PAID);

        assertThat(admitted(SHOP, submission(placed, paid)))
                .containsExactly(
                        new Batch.Entry(new StreamName("Shop.Web"), placed, Duration.ofHours(1)),
                        new Batch.Entry(new StreamName("Shop.Web"), paid, Duration.ofDays(1)));
    }

    @Test
    void admitsNothingFromAProducer() {
        assertThat(admitted(SHOP, submission())).isEmpty();
    }

    @Test
    void refusesNothingFromAnybodyElse() {
        assertThat(refused(READER, submission()).code()).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void refusesAClientThatTheCatalogDoesNotKnow() {
        Refusal refusal = refused(caller("stranger"), submission(event("1", PLACED)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(refusal.detail()).contains("'stranger' is no producer");
    }

    @Test
    void refusesAClientThatIsNoProducer() {
        assertThat(refused(READER, submission(event("1", PLACED))).detail()).contains("'reader' is no producer");
    }

    @Test
    void refusesFlawedAttributes() {
        Refusal refusal = refused(SHOP, flawed(event("2", PLACED)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_EVENT);
        assertThat(refusal.detail()).isEqualTo("Event 0 is malformed; nothing was stored");
        assertThat(refusal.flaws()).containsExactly(new Flaw(0, null, "/id", "id is missing"));
    }

    @Test
    void refusesTypesAndSourcesAllInOneAnswer() {
        Refusal refusal = refused(
                SHOP,
                submission(
                        event("1", PLACED),
                        event("2", "Shop.Web.Order.Plcaed"),
                        event("3", SENT, "/other", new Event.Data.None()),
                        event("4", PLACED, "/shp", new Event.Data.None())));

        assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(refusal.detail()).isEqualTo("3 events are not allowed to this client; nothing was stored");
        assertThat(refusal.flaws())
                .extracting(Flaw::index, Flaw::id, Flaw::pointer)
                .containsExactly(
                        tuple(1, "2", "/type"),
                        tuple(2, "3", "/type"),
                        tuple(2, "3", "/source"),
                        tuple(3, "4", "/source"));
        assertThat(refusal.flaws().get(0).reason())
                .isEqualTo("there is no type 'Shop.Web.Order.Plcaed' that this client may produce; did you mean"
                        + " 'Shop.Web.Order.Placed'?");
        assertThat(refusal.flaws().get(1).reason())
                .contains("there is no type '" + SENT + "' that this client may produce");
        assertThat(refusal.flaws().get(3).reason()).contains("did you mean '/shop'?");
    }

    @Test
    void refusesEventsTooLargeForTheirType() {
        Refusal refusal = refused(SHOP, submission(large("1", PLACED, 1024), large("2", PLACED, 1025)));

        assertThat(refusal.code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
        assertThat(refusal.flaws()).singleElement().satisfies(flaw -> {
            assertThat(flaw.index()).isOne();
            assertThat(flaw.reason()).contains("at most 1024 bytes").contains("found 1025");
        });
    }

    @Test
    void holdsTypesWithoutALimitToTheConfiguredOne() {
        assertThat(refused(SHOP, submission(large("1", PAID, 65_537))).code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
        assertThat(admitted(SHOP, submission(large("1", PAID, 65_536)))).hasSize(1);
    }

    @Test
    void refusesDataThatViolatesItsSchema() {
        Refusal refusal = refused(SHOP, submission(with("1", "\"valid\""), with("2", "3"), with("4", "5")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(refusal.detail()).startsWith("2 events: 'data' violates the schema");
        assertThat(refusal.flaws())
                .containsExactly(
                        new Flaw(1, "2", "/data/a", "expected valid, found 3"),
                        new Flaw(2, "4", "/data/a", "expected valid, found 5"));
    }

    @Test
    void refusesDataThatIsNoJsonWhereTheTypeHasASchema() {
        Event opaque = event("1", PAID, "/shop", new Event.Data.Opaque("text/plain"));

        Refusal refusal = refused(SHOP, submission(opaque));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(refusal.flaws()).singleElement().satisfies(flaw -> {
            assertThat(flaw.pointer()).isEqualTo("/data");
            assertThat(flaw.reason()).contains("found content of type 'text/plain'");
        });
    }

    @Test
    void refusesMissingDataWhereTheTypeHasASchema() {
        Event without = event("1", PAID, "/shop", new Event.Data.None());

        assertThat(refused(SHOP, submission(without)).flaws())
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.reason()).contains("there is none"));
    }

    /// The extension `dataref` of CloudEvents lets data be elsewhere alone.
    @Test
    void takesAReferenceInsteadOfDataWhereTheTypeAllowsIt() {
        Event elsewhere = referring("1", SCANNED, new Event.Data.None());
        Event nowhere = event("2", SCANNED, "/shop", new Event.Data.None());
        Event both = referring("3", SCANNED, with("3", "4").data());

        assertThat(admitted(SHOP, submission(elsewhere))).hasSize(1);
        assertThat(refused(SHOP, submission(elsewhere, nowhere, both)).flaws())
                .extracting(Flaw::index)
                .containsExactly(1, 2);
    }

    @Test
    void takesNoReferenceInsteadOfDataWhereTheTypeDoesNotAllowIt() {
        Event elsewhere = referring("1", PAID, new Event.Data.None());

        assertThat(refused(SHOP, submission(elsewhere)).code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
    }

    @Test
    void takesAnyDataWhereTheTypeHasNoSchema() {
        assertThat(admitted(SHOP, submission(event("1", PLACED, "/till", new Event.Data.Opaque("image/png")))))
                .hasSize(1);
    }

    @Test
    void tellsTheLargestSizeOfATypeOnlyToWhoMayProduceIt() {
        assertThat(refused(READER, submission(large("1", PLACED, 2_000))).code())
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(refused(SHOP, submission(large("1", PLACED, 2_000))).code()).isEqualTo(ErrorCode.EVENT_TOO_LARGE);
    }

    @Test
    void tellsTheCallerBeforeAttributes() {
        assertThat(refused(READER, flawed()).code()).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void tellsAttributesBeforeTypesAndSources() {
        assertThat(refused(SHOP, flawed(event("1", SENT))).code()).isEqualTo(ErrorCode.MALFORMED_EVENT);
    }

    @Test
    void tellsSizeBeforeTypesAndSources() {
        assertThat(refused(SHOP, submission(event("1", SENT), large("2", PLACED, 2_000)))
                        .code())
                .isEqualTo(ErrorCode.EVENT_TOO_LARGE);
    }

    @Test
    void tellsTypesBeforeSchemas() {
        assertThat(refused(SHOP, submission(with("1", "0"), event("2", SENT))).code())
                .isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void tellsAHundredFlawsAtMost() {
        Event[] many =
                IntStream.range(0, 1_000).mapToObj(i -> event("" + i, SENT)).toArray(Event[]::new);

        assertThat(refused(SHOP, submission(many)).flaws()).hasSize(100);
    }

    @Test
    void compilesASchemaOnceAndOnlyWhenItIsNeeded() {
        assertThat(compiled).isEmpty();

        admitted(SHOP, submission(event("1", PAID), event("2", PAID)));
        PublishRules later = rules.withCatalog(Shop.catalog("# other\n" + Shop.YAML, 2));
        verdict(later.judge(SHOP, submission(event("3", PAID))));

        assertThat(compiled).containsExactly("{\"const\":\"valid\"}");
    }

    @Test
    void compilesAChangedSchemaAnew() {
        admitted(SHOP, submission(event("1", PAID)));

        PublishRules later = rules.withCatalog(Shop.catalog(Shop.YAML.replace("const: valid", "const: other"), 2));
        verdict(later.judge(SHOP, submission(event("2", PAID))));

        assertThat(compiled).containsExactly("{\"const\":\"valid\"}", "{\"const\":\"other\"}");
    }

    @Test
    void admitsATestEventToTheCallersOwnLane() {
        Event event = event("1", PAID, "/anywhere", event("1", PAID).data());

        assertThat(verdict(rules.judgeTest(READER, submission(event))))
                .isEqualTo(new Judgement.Admitted(
                        List.of(new Batch.Entry(new StreamName("~test.reader"), event, Duration.ZERO))));
    }

    @Test
    void refusesATestEventOfATypeThatTheCallerMayNotConsume() {
        assertThat(refusedTest(SHOP, submission(event("1", PLACED))).flaws())
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.reason()).contains("may consume"));
        assertThat(refusedTest(SHOP, submission(event("1", "No.Such.Type.Known")))
                        .code())
                .isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void refusesATestEventAsAProducedOneWouldBe() {
        assertThat(refusedTest(READER, submission(large("1", PLACED, 2_000))).code())
                .isEqualTo(ErrorCode.EVENT_TOO_LARGE);
        assertThat(refusedTest(caller("stranger"), submission(event("1", PAID))).code())
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(refusedTest(READER, flawed()).code()).isEqualTo(ErrorCode.MALFORMED_EVENT);
        assertThat(refusedTest(READER, submission(with("1", "0"))).code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(refusedTest(READER, submission()).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    private static Event referring(String id, String type, Event.Data data) {
        String reference = "https://elsewhere.example/scan";
        return new Event(id, "/shop", new EventType(type), null, null, reference, data, Bytes.utf8("{}"));
    }

    private DataSchema compile(String text) {
        compiled.add(text);
        return Shop.schema(text);
    }

    private List<Batch.Entry> admitted(Caller caller, Submission submission) {
        return switch (verdict(rules.judge(caller, submission))) {
            case Judgement.Admitted(var entries) -> entries;
            case Judgement other -> throw new AssertionError(other);
        };
    }

    private Refusal refused(Caller caller, Submission submission) {
        return refusal(rules.judge(caller, submission));
    }

    private Refusal refusedTest(Caller caller, Submission submission) {
        return refusal(rules.judgeTest(caller, submission));
    }

    private static Refusal refusal(Judgement judgement) {
        return switch (verdict(judgement)) {
            case Judgement.Refused(var refusal) -> refusal;
            case Judgement other -> throw new AssertionError(other);
        };
    }

    private static Judgement verdict(Judgement judgement) {
        return judgement instanceof Judgement.Unvalidated(var validation) ? validation.judge() : judgement;
    }
}
