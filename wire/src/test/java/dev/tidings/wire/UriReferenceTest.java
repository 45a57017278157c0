package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriReferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/cloudevents",
                "mailto:cncf-wg-serverless@lists.cncf.io",
                "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
                "https://[2001:db8::1]:8080/a?b#c",
                "a:b",
                "x:/%2f"
            })
    void acceptsUris(String text) {
        assertThat(UriReference.wellFormed(text)).isTrue();
        assertThat(UriReference.absolute(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cloudevents/spec/pull/123", "/sensors/tn-1234567/alerts", "1-555-123-4567", "//host/path", "?q",
                "#f", ".", "a/b:c", "//[::1]/", "?a=b:c"
            })
    void acceptsRelativeReferences(String text) {
        assertThat(UriReference.wellFormed(text)).isTrue();
        assertThat(UriReference.absolute(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "<a>",
                "a\\b",
                "a^b",
                "a`b",
                "{a}",
                "a|b",
                "caf\u00e9",
                "%",
                "%2",
                "%zz",
                "a#b#c",
                "1a:b",
                ":a",
                "a[b]",
                "http://a/[b]",
                "http://[::1/",
                "//]a[/"
            })
    void refusesWhatIsNone(String text) {
        assertThat(UriReference.wellFormed(text)).isFalse();
        assertThat(UriReference.absolute(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:", "a", "//a/b"})
    void isNotAbsoluteWithoutAScheme(String text) {
        assertThat(UriReference.absolute(text)).isFalse();
    }
}
