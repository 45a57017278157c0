package dev.tidings.broker.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.subscriptions.DraftReader.Read;
import dev.tidings.broker.subscriptions.Sink.Handshake;
import dev.tidings.broker.subscriptions.Sink.Mode;
import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftReaderTest {
    @Test
    void readsAllThatASubscriptionMaySay() {
        Draft draft = read("""
                {"source": "/shop", "types": ["a.b.C"], "filters": [ {"exact": {"subject": "x"}} ],
                 "sink": "https://shop.example.org/in?q=1", "protocol": "HTTP",
                 "protocolsettings": {"method": "POST", "mode": "structured", "handshake": "none",
                    "headers": {"X-Shop": "17"}},
                 "sinkcredential": {"credentialtype": "ACCESSTOKEN", "accesstoken": "t",
                    "accesstokenexpiresutc": "2027-01-31T00:00:00Z"},
                 "config": {"from": "2026-01-31T12:00:00+01:00", "paused": true, "order": "none", "maxRate": 3,
                    "concurrency": 2, "retries": {"first": "1s", "longest": "1m", "giveUp": "0s"}}}
                """);

        assertThat(draft.interest().source()).isEqualTo("/shop");
        assertThat(draft.interest().filters()).isEqualTo("[{\"exact\":{\"subject\":\"x\"}}]");
        assertThat(draft.interest().filter())
                .isEqualTo("[{\"exact\":{\"source\":\"/shop\"}},{\"exact\":{\"subject\":\"x\"}}]");
        assertThat(draft.sink().mode()).isEqualTo(Mode.STRUCTURED);
        assertThat(draft.sink().handshake()).isEqualTo(Handshake.NONE);
        assertThat(draft.sink().headers()).containsEntry("x-shop", "17");
        assertThat(draft.sink().credential())
                .isEqualTo(
                        new Credential.AccessToken("Bearer", new Secret("t"), Instant.parse("2027-01-31T00:00:00Z")));
        assertThat(draft.start()).isEqualTo(new Start.At(Instant.parse("2026-01-31T11:00:00Z")));
        assertThat(draft.paused()).isTrue();
        assertThat(draft.handling().order()).isEqualTo(Order.NONE);
        assertThat(draft.handling().retries())
                .isEqualTo(new Retries(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ZERO));
    }

    @Test
    void readsNamesInOtherLettersAndPassesOverWhatTheBrokerSays() {
        Draft draft = read("""
                {"Sink": "https://shop.example.org/", "protocol": "HTTP", "protocolSettings": {"MODE": "Batch"},
                 "sinkCredential": {"credentialType": "PLAIN", "identifier": "me", "secret": "s"},
                 "id": "x", "status": {"state": "active"}, "version": 3, "created": "", "changed": null}
                """);

        assertThat(draft.sink().mode()).isEqualTo(Mode.BATCH);
        assertThat(draft.sink().credential()).isEqualTo(new Credential.Plain("me", new Secret("s")));
        assertThat(draft.handling().order()).isEqualTo(Order.PER_KEY);
        assertThat(draft.paused()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sink|`\"https://u@h/\"`|/sink",
                "protocol|`\"http\"`|/protocol",
                "types|`[]`|/types",
                "types|`[\"a..b\"]`|/types/0",
                "types|`[7]`|/types/0",
                "types|`\"a.b\"`|/types",
                "filters|`{}`|/filters",
                "source|`\"a b\"`|/source",
                "source|`\"\"`|/source",
                "colour|`1`|/colour",
                "config|`[]`|/config",
                "config|`{\"from\": \"soon\"}`|/config/from",
                "config|`{\"paused\": \"yes\"}`|/config/paused",
                "config|`{\"order\": \"key\"}`|/config/order",
                "config|`{\"maxRate\": 0}`|/config/maxRate",
                "config|`{\"maxRate\": 1.5}`|/config/maxRate",
                "config|`{\"maxRate\": 99999999999}`|/config/maxRate",
                "config|`{\"retries\": {\"first\": \"1h\", \"longest\": \"1m\"}}`|/config/retries/first",
                "config|`{\"retries\": {\"first\": \"100ms\"}}`|/config/retries/first",
                "config|`{\"retries\": {\"giveUp\": \"31d\"}}`|/config/retries/giveUp",
                "protocolsettings|`{\"method\": \"PUT\"}`|/protocolsettings/method",
                "protocolsettings|`{\"mode\": \"best\"}`|/protocolsettings/mode",
                "protocolsettings|`{\"trusted\": \"me\"}`|/protocolsettings/trusted",
                "protocolsettings|`{\"headers\": {\"ce-id\": \"1\"}}`|/protocolsettings/headers",
                "protocolsettings|`{\"headers\": {\"a b\": \"1\"}}`|/protocolsettings/headers",
                "protocolsettings|`{\"headers\": {\"a\": \"1\\r\\nb: 2\"}}`|/protocolsettings/headers",
                "protocolsettings|`{\"headers\": {\"authorization\": \"1\"}}`|/protocolsettings/headers",
                "sinkcredential|`{}`|/sinkcredential/credentialtype",
                "sinkcredential|`{\"credentialtype\": \"REFRESHTOKEN\"}`|/sinkcredential/credentialtype",
                "sinkcredential|`{\"credentialtype\": \"PLAIN\", \"identifier\": \"a:b\", \"secret\": \"s\"}`|/sinkcredential/identifier",
                "sinkcredential|`{\"credentialtype\": \"ACCESSTOKEN\", \"accesstoken\": \"a\\nb\"}`|/sinkcredential/accesstoken",
                "sinkcredential|`{\"credentialtype\": \"CERTIFICATE\", \"certificate\": \"x\", \"key\": \"y\"}`|/sinkcredential/certificate",
            })
    void saysWhereSomethingIsWrong(String member, String value, String pointer) {
        String json = "{" + (member.equals("sink") ? "" : "\"sink\": \"https://h/\", ")
                + (member.equals("protocol") ? "" : "\"protocol\": \"HTTP\", ") + "\"" + member + "\": " + value + "}";

        assertThat(refused(json).flaws()).extracting(Flaw::pointer).contains(pointer);
    }

    @Test
    void tellsNoSecretInItsComplaints() {
        Refusal refusal = refused("""
                {"sink": "https://h/", "protocol": "HTTP",
                 "sinkcredential": {"credentialtype": "PLAIN", "identifier": 7, "secret": "hush\\n"}}
                """);

        assertThat(refusal.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`[]`", "`7`", "``", "`{`", "`{} {}`", "`{\"sink\": \"a\", \"sink\": \"b\"}`", "`null`"})
    void refusesWhatIsNoObject(String json) {
        assertThat(refused(json).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(refused(" ".repeat(DraftReader.LONGEST + 1)).code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
    }

    private static Draft read(String json) {
        return ((Read.Drafted) DraftReader.read(Bytes.utf8(json), null)).draft();
    }

    private static Refusal refused(String json) {
        return ((Read.Refused) DraftReader.read(Bytes.utf8(json), null)).refusal();
    }
}
