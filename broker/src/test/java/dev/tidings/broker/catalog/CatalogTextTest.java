package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.ClientEntry.Credential;
import dev.tidings.engine.RetentionRules;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTextTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final EventType PLACED = new EventType("Shop.Web.Order.Placed");

    @Test
    void readsATypeWithEverything() {
        TypeEntry type = read("""
                        types:
                          Shop.Web.Order.Placed:
                            description: An order was placed.
                            schema: { type: object, required: [id], properties: { id: { minimum: 1.50 } } }
                            retention: { age: 1d12h, count: 1000, size: 10GiB, until-consumed: true }
                            deduplication: 30m
                            max-size: 16KiB
                            delivery-rate: 200
                            delivery-concurrency: 50
                            queue: work
                            dataref: true
                        """).type(PLACED);

        assertThat(type)
                .isEqualTo(new TypeEntry(
                        PLACED,
                        "An order was placed.",
                        "{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"minimum\":1.50}}}",
                        new RetentionRules.Rule(Duration.ofHours(36), 1000L, DataSize.ofGibibytes(10), true),
                        DataSize.ofKibibytes(16),
                        Duration.ofMinutes(30),
                        new DeliveryLimits(200, 50),
                        "work",
                        true));
    }

    @Test
    void givesATypeThatSaysNothingTheDefaults() {
        TypeEntry type = read("types:\n  Shop.Web.Order.Placed:\n").type(PLACED);

        assertThat(type)
                .isEqualTo(new TypeEntry(
                        PLACED,
                        "",
                        null,
                        RetentionRules.FIVE_DAYS,
                        null,
                        Duration.ofDays(1),
                        DeliveryLimits.NONE,
                        null,
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"true, ~default", "~default, ~default", "work, work", "false, -"})
    void readsWhichGroupAQueueIsFor(String written, String group) {
        TypeEntry type = read("types: { Shop.Web.Order.Placed: { queue: %s } }".formatted(written))
                .type(PLACED);

        assertThat(type.queue()).isEqualTo(group);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'no group'", "[a]", "-x"})
    void refusesWhatIsNoGroupOfAQueue(String written) {
        assertThat(problems("types: { Shop.Web.Order.Placed: { queue: %s } }".formatted(written)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("expected true, or the name of the group"));
    }

    @Test
    void refusesAQueueThatTwoClientsConsume() {
        String text = """
                types: { Shop.Web.Order.Placed: { queue: true }, Shop.Web.Order.Paid: {} }
                clients:
                  a: { consumes: { types: [Shop.Web.Order.Placed, Shop.Web.Order.Paid] } }
                  b: { consumes: { types: [Shop.Web.Order.Placed, Shop.Web.Order.Paid] } }
                """;

        assertThat(problems(text)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(4);
            assertThat(problem.reason()).contains("'Shop.Web.Order.Placed' is a queue", "'a' does");
        });
    }

    @Test
    void readsAClientWithEverything() {
        ClientEntry client = client("""
                description: The shop.
                credentials:
                  - api-key-sha256: %s
                  - certificate-sha256: %s
                  - certificate-subject: "CN=shop, O=Example"
                  - token-subject: shop@example.org
                produces: { sources: [https://shop.example.org, /shop], types: [Shop.Web.Order.Placed] }
                consumes:
                  types:
                    - { type: Shop.Web.Order.Placed, history: true }
                    - Shop.Web.Order.Paid
                admin: true
                quotas: { events-per-second: 1000, bytes-per-second: 2MiB, instances: 100, groups: 20, connections: 50, subscriptions: 10 }
                """.formatted(HASH, HASH.toUpperCase(java.util.Locale.ROOT)));

        assertThat(client.credentials())
                .containsExactly(
                        new Credential.ApiKey(HASH),
                        new Credential.CertificateFingerprint(HASH),
                        new Credential.CertificateSubject("CN=shop,O=Example"),
                        new Credential.TokenSubject("shop@example.org"));
        assertThat(client.produces())
                .isEqualTo(new ClientEntry.ProducerRole(
                        new ClientEntry.Sources.Listed(Set.of("https://shop.example.org", "/shop")), Set.of(PLACED)));
        assertThat(client.consumes().types().get(PLACED).history()).isTrue();
        assertThat(client.consumes()
                        .types()
                        .get(new EventType("Shop.Web.Order.Paid"))
                        .history())
                .isFalse();
        assertThat(client.admin()).isTrue();
        assertThat(client.quotas()).isEqualTo(new ClientEntry.Quotas(1000, DataSize.ofMebibytes(2), 100, 20, 50, 10));
    }

    @Test
    void readsJsonToo() {
        assertThat(read("{\"types\":{\"Shop.Web.Order.Placed\":{\"deduplication\":\"0s\"}}}")
                        .type(PLACED)
                        .deduplication())
                .isZero();
    }

    @Test
    void readsAHashThatLooksLikeANumber() {
        assertThat(client("credentials: [{ api-key-sha256: %s }]".formatted("1".repeat(64)))
                        .credentials())
                .containsExactly(new Credential.ApiKey("1".repeat(64)));
    }

    @Test
    void readsTheCatalogThatHoldsNothing() {
        assertThat(read("types: {}").types()).isEmpty();
    }

    @Test
    void tellsEveryProblemInOnePassWithItsPlace() {
        List<CatalogProblem> problems = problems("""
                types:
                  Shop.Web.Order.Placed: { retentoin: { age: 5d } }
                  Shop..Paid: {}
                clients:
                  shop:
                    produces:
                      sources: ["not a uri"]
                      types: [Shop.Web.Order.Plced]
                """);

        assertThat(problems)
                .extracting(CatalogProblem::line, CatalogProblem::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "types.Shop.Web.Order.Placed.retentoin"),
                        org.assertj.core.groups.Tuple.tuple(3, "types.Shop..Paid"),
                        org.assertj.core.groups.Tuple.tuple(7, "clients.shop.produces.sources[0]"),
                        org.assertj.core.groups.Tuple.tuple(8, "clients.shop.produces.types[0]"));
        assertThat(problems.get(0).reason()).contains("did you mean 'retention'?");
        assertThat(problems.get(0).column()).isEqualTo(28);
        assertThat(problems.get(3).reason()).contains("did you mean 'Shop.Web.Order.Placed'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention: { age: 5 days }       | expected a duration",
                "retention: { age: 40000d }       | at most 36500d",
                "retention: { age: 0s }           | expected more than 0s",
                "retention: { count: 0 }          | expected a whole number from 1",
                "retention: { count: 1.5 }        | expected a whole number, found a number",
                "retention: { count: 99999999999999999999 } | expected a whole number from 1",
                "retention: { size: 10GB }        | expected a size",
                "retention: { until-consumed: yes } | expected true or false, found text",
                "retention: [5d]                  | expected a mapping of keys to values, found a list",
                "deduplication: ''                | expected a duration",
                "max-size: 0                      | expected a size",
                "schema-file: a.json              | a schema file is not read here",
                "schema: { minimum: .inf }        | is no number of JSON",
                "description: [a]                 | expected text, found a list",
                "description: !!binary aGk=       | tags ('!name') are not supported",
                "schema: { broken: true }         | this is no usable JSON Schema: it is broken",
            })
    void refusesATypeOf(String member, String reason) {
        List<CatalogProblem> problems = problems("types:\n  Shop.Web.Order.Placed:\n    " + member + "\n");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.path()).startsWith("types.Shop.Web.Order.Placed");
            assertThat(problem.reason()).contains(reason);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credentials: [{ api-key-sha256: secret }]       | found 6 characters",
                "credentials: [{ api-key: secret }]              | did you mean 'api-key-sha256'?",
                "credentials: [{ certificate-subject: secret }]  | expected a distinguished name",
                "credentials: [{ token-subject: '' }]            | expected the 'sub' claim",
                "credentials: [{ }]                              | expected one of api-key-sha256",
                "credentials: secret                             | expected a list, found text",
                "produces: { sources: [''] }                     | expected a source",
                "produces: { sources: [/a, /a] }                 | listed twice",
                "consumes: { types: [Shop.Web.Order.Gone] }      | there is no type 'Shop.Web.Order.Gone'",
                "consumes: { types: [{ history: true }] }        | 'type' is missing",
                "consumes: { types: [Shop.Web.Order.Paid, Shop.Web.Order.Paid] } | listed twice",
                "admin: 1                                        | expected true or false, found a whole number",
                "quotas: { instances: 0 }                        | expected a whole number from 1",
                "quotas: { bytes-per-second: 1GiB }              | above 0 and at most 900MiB",
                "quotas: { bytes-per-second: 0 }                 | above 0 and at most 900MiB",
            })
    void refusesAClientOf(String member, String reason) {
        List<CatalogProblem> problems = problems(withClient(member));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.path()).startsWith("clients.shop");
            assertThat(problem.reason()).contains(reason);
        });
        assertThat(problems.toString()).doesNotContain("secret");
    }

    @Test
    void refusesOneCredentialOfTwoClients() {
        List<CatalogProblem> problems = problems("""
                clients:
                  a: { credentials: [{ api-key-sha256: %s }] }
                  b: { credentials: [{ api-key-sha256: %s }] }
                """.formatted(HASH, HASH.toUpperCase(java.util.Locale.ROOT)));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.reason()).contains("the same credential stands in line 2");
        });
    }

    @Test
    void keepsTheNameOfTheGuestForItself() {
        assertThat(problems("clients: { guest: {} }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("choose another name"));
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThat(problems("types: {}\nclients: {}\ntypes: {}\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.reason()).contains("for the second time, first in line 1");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "null",
                "[]",
                "text",
                "types",
                "{}",
                "a: b: c",
                "types: \u0000",
                "types: {}\n---\ntypes: {}\n",
                "? [a]\n: b\n",
                "%YAML 9.9\n---\n{}",
                "types: {",
                "\t"
            })
    void refusesATextThatIsNoCatalog(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void refusesAliasesByWhichAShortTextBecomesEndless() {
        assertThat(problems("types: &a { Shop.Web.Order.Placed: { schema: *a } }"))
                .anySatisfy(problem -> assertThat(problem.reason()).contains("aliases"));
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        String deep = "types: { A.B.C.Done: { schema: " + "[".repeat(100_000) + "]".repeat(100_000) + " } }";

        assertThat(problems(deep))
                .anySatisfy(problem -> assertThat(problem.reason()).contains("deeper than 64"));
    }

    @Test
    void refusesATextThatIsTooLong() {
        assertThat(problems("#".repeat(YamlReader.MAX_LENGTH + 1)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("a catalog has at most"));
    }

    @Test
    void takesATextOfTheGreatestLength() {
        String comment = "# what the type is for\n";
        String text = "types: {}\n" + comment.repeat(YamlReader.MAX_LENGTH / comment.length());

        assertThat(read(text.substring(0, YamlReader.MAX_LENGTH - 10)).types()).isEmpty();
    }

    @Test
    void tellsAHundredProblemsAndNoMore() {
        assertThat(problems("types:\n" + "  Shop.Web.Order.Placed: { a: 1 }\n".repeat(1_000)))
                .hasSize(CatalogProblem.MAX_TOLD);
    }

    private static ClientEntry client(String yaml) {
        return read(withClient(yaml)).client(new ClientName("shop"));
    }

    private static String withClient(String yaml) {
        return "types:\n  Shop.Web.Order.Placed:\n  Shop.Web.Order.Paid:\nclients:\n  shop:\n" + yaml.indent(4);
    }

    private static Catalog read(String text) {
        return switch (CatalogText.read(text, CatalogTextTest::flaw)) {
            case CatalogRead.Read(var catalog, var _) -> catalog;
            case CatalogRead.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<CatalogProblem> problems(String text) {
        return switch (CatalogText.read(text, CatalogTextTest::flaw)) {
            case CatalogRead.Read(var catalog, var _) -> throw new AssertionError(catalog);
            case CatalogRead.Invalid(var problems) -> problems;
        };
    }

    private static Optional<String> flaw(String schema) {
        return schema.contains("broken") ? Optional.of("it is broken") : Optional.empty();
    }
}
