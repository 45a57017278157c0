package dev.tidings.broker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogDiffTest {
    private static final String BEFORE = """
            types:
              A.B.C.Done: { description: it, schema: { type: object }, retention: { age: 5d, count: 7 } }
              A.B.C.Sent: {}
            clients:
              shop:
                credentials: [{ api-key-sha256: %s }, { token-subject: a }]
                produces: { sources: [/a], types: [A.B.C.Done] }
                consumes: { types: [A.B.C.Done] }
                quotas: { groups: 3 }
            """.formatted("ab".repeat(32));

    @Test
    void tellsNothingOfTheSame() {
        assertThat(CatalogDiff.between(read(BEFORE), read("# other\n" + BEFORE)))
                .isEmpty();
    }

    @Test
    void tellsNothingOfVersionsAndTimes() {
        Catalog before = read(BEFORE);
        Catalog later = Grants.stamped(before, 7, java.util.Map.of(), java.time.Instant.MAX);

        assertThat(CatalogDiff.between(before, later)).isEmpty();
    }

    @Test
    void tellsWhatCameAndWent() {
        assertThat(CatalogDiff.between(
                        read("types: { A.B.C.Done: {} }\nclients: { a: {} }"),
                        read("types: { A.B.C.Sent: {} }\nclients: { b: {} }")))
                .containsExactly("- type A.B.C.Done", "+ type A.B.C.Sent", "- client a", "+ client b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description: it          | description: that        | ~ type A.B.C.Done: description changed",
                "{ type: object }         | { type: array }          | ~ type A.B.C.Done: schema changed",
                "schema: { type: object },| ''                       | ~ type A.B.C.Done: schema removed",
                "age: 5d                  | age: 36h                 | ~ type A.B.C.Done: retention.age 5d -> 1d12h",
                "count: 7                 | count: 8                 | ~ type A.B.C.Done: retention.count 7 -> 8",
                ", count: 7               | ''                       | ~ type A.B.C.Done: retention.count 7 -> (none)",
                "count: 7                 | count: 7, size: 1GiB     | ~ type A.B.C.Done: retention.size (none) -> 1GiB",
                "Sent: {}                 | Sent: { max-size: 1KiB } | ~ type A.B.C.Sent: max-size (none) -> 1KiB",
                "Sent: {}                 | Sent: { deduplication: 0s } | ~ type A.B.C.Sent: deduplication 1d -> 0s",
                "Sent: {}                 | Sent: { dataref: true } | ~ type A.B.C.Sent: dataref false -> true",
                "Sent: {}                 | Sent: { delivery-rate: 9 } | ~ type A.B.C.Sent: delivery-rate (none) -> 9",
                "Sent: {}                 | Sent: { delivery-concurrency: 9 } | ~ type A.B.C.Sent: delivery-concurrency (none) -> 9",
                "Sent: {}                 | Sent: { schema: {} }     | ~ type A.B.C.Sent: schema added",
                "subject: a               | subject: a }, { token-subject: b | ~ client shop: credential token-subject b added",
                ", { token-subject: a }   | ''                       | ~ client shop: credential token-subject a removed",
                "sources: [/a]            | sources: [/a, /b]        | ~ client shop: source /b added",
                "[/a], types: [A.B.C.Done] | [/a], types: [A.B.C.Done, A.B.C.Sent] | ~ client shop: right to produce A.B.C.Sent added",
                "consumes: { types: [A.B.C.Done] } | consumes: { types: [A.B.C.Done, A.B.C.Sent] } | ~ client shop: grant A.B.C.Sent added",
                "consumes: { types: [A.B.C.Done] } | consumes: { types: [{ type: A.B.C.Done, history: true }] } | ~ client shop: grant A.B.C.Done reveals history now",
                "groups: 3                | groups: 4                | ~ client shop: quotas.groups 3 -> 4",
                "groups: 3 }              | groups: 3, bytes-per-second: 2MiB } | ~ client shop: quotas.bytes-per-second (none) -> 2MiB",
                "groups: 3 }              | groups: 3, subscriptions: 5 } | ~ client shop: quotas.subscriptions (none) -> 5",
                "quotas: { groups: 3 }    | admin: true              | ~ client shop: admin false -> true;~ client shop: quotas.groups 3 -> (none)",
            })
    void tellsAChange(String before, String after, String line) {
        assertThat(CatalogDiff.between(read(BEFORE), read(BEFORE.replace(before, after))))
                .containsExactly(line.split(";"));
    }

    @Test
    void tellsThatARoleIsLost() {
        assertThat(CatalogDiff.between(
                        read(BEFORE), read(BEFORE.replace("    consumes: { types: [A.B.C.Done] }\n", ""))))
                .containsExactly("~ client shop: no consumer any more", "~ client shop: grant A.B.C.Done removed");
    }

    @Test
    void tellsAHashByItsFirstDigitsOnly() {
        List<String> lines = CatalogDiff.between(read(BEFORE), read(BEFORE.replace("abab", "cdab")));

        assertThat(lines)
                .allSatisfy(line -> assertThat(line).startsWith("~ client shop: credential api-key-sha256 "))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(70));
    }

    private static Catalog read(String text) {
        return switch (CatalogText.read(text, _ -> Optional.empty())) {
            case CatalogRead.Read(var catalog, var _) -> catalog;
            case CatalogRead.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }
}
