package dev.tidings.server.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.server.payloads.Digests.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestsTest {
    private static final String HEX = "306ac5af83c366d20d1c8f6434413fe034d6be7a7b960d358f7e843c851edb52";
    private static final String BASE64 = "MGrFr4PDZtINHI9kNEE/4DTWvnp7lg01j36EPIUe21I=";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:" + BASE64 + ":",
                " SHA-256 = :" + BASE64 + ":;q=1 ",
                "sha-512=:AAAA:, sha-256=:" + BASE64 + ":"
            })
    void areReadWhereTheyAreThere(String value) {
        assertThat(Digests.parse("Repr-Digest", value)).isEqualTo(new Digest.Said(HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=" + HEX,
                "sha-256=:" + HEX + ":",
                "sha-256=:AAAA:",
                "sha-256=:%%:",
                "md5=:AAAA:"
            })
    void areRefusedWhereNothingCouldBeVerified(String value) {
        assertThat(Digests.parse("Repr-Digest", value)).isInstanceOf(Digest.Refused.class);
    }

    @Test
    void areWrittenAsTheyAreRead() {
        assertThat(Digests.header(HEX)).isEqualTo("sha-256=:" + BASE64 + ":");
    }

    @Test
    void areOneOfTwoThatAgree() {
        Digest none = new Digest.Said(null);
        Digest one = new Digest.Said(HEX);

        assertThat(Digests.either(none, one)).isEqualTo(one);
        assertThat(Digests.either(one, none)).isEqualTo(one);
        assertThat(Digests.either(none, none)).isEqualTo(none);
        assertThat(Digests.either(one, new Digest.Said("00".repeat(32)))).isInstanceOf(Digest.Refused.class);
    }
}
