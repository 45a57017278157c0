package dev.tidings.broker.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadIdTest {
    private static final String ID = "boXvOwcvU6vaE77f_RE-1S1LA3wknCI9";

    @ParameterizedTest
    @ValueSource(
            strings = {"https://broker.example/ce/payloads/" + ID, "/ce/payloads/" + ID, "https://b/x/ce/payloads/" + ID
            })
    void isAtTheEndOfAReference(String reference) {
        assertThat(PayloadId.inReference(reference)).isEqualTo(new PayloadId(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ID,
                "https://broker.example/ce/payloads/",
                "https://broker.example/ce/payloads/uploads/" + ID,
                "https://broker.example/ce/payloads/" + ID + "?x",
                "https://broker.example/ce/payloads/" + ID + "0",
                "https://broker.example/ce/payloads/../" + ID
            })
    void isInNoOtherText(String reference) {
        assertThat(PayloadId.inReference(reference)).isNull();
    }

    @Test
    void tellsWhichStoreMadeIt() {
        Random random = new Random(1);
        String mark = PayloadId.mark(random);
        PayloadId id = PayloadId.random(mark, random);

        assertThat(id.isOf(mark)).isTrue();
        assertThat(id.isOf(PayloadId.mark(random))).isFalse();
        assertThat(PayloadId.random(mark, random)).isNotEqualTo(id);
    }
}
