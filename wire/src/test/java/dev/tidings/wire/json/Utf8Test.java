package dev.tidings.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @ParameterizedTest
    @CsvSource({
        "80, 0", "c0af, 0", "c1bf, 0", "e08080, 0", "e09fbf, 0", "f0808080, 0", "f08fbfbf, 0", "eda080, 0",
        "edbfbf, 0", "f4908080, 0", "f5808080, 0", "ff, 0", "41c3, 1", "4142e282, 2", "f09f9880c3, 4", "c341, 0",
        "e28241, 0", "f09f9841, 0", "414141414141414180, 8", "41414141414141414180, 9"
    })
    void tellsWhereASequenceIsMalformed(String hex, int at) {
        assertThat(Utf8.firstFlaw(Bytes.of(HexFormat.of().parseHex(hex)))).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({"''", "41", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf", "00"})
    void acceptsTheEndsOfEveryRange(String hex) {
        assertThat(Utf8.firstFlaw(Bytes.of(HexFormat.of().parseHex(hex)))).isEqualTo(-1);
    }

    @Test
    void looksAtItsOwnBytesOnly() {
        byte[] array = "\u00e9 plain text \u00e9".getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8.firstFlaw(new Bytes(array, 2, array.length - 4))).isEqualTo(-1);
        assertThat(Utf8.firstFlaw(new Bytes(array, 1, array.length - 1))).isZero();
        assertThat(Utf8.firstFlaw(new Bytes(array, 0, array.length - 1))).isEqualTo(array.length - 2);
    }

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = mostlyText(random);
            assertThat(Utf8.firstFlaw(Bytes.of(bytes)) < 0)
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(decodes(bytes));
        }
    }

    private static byte[] mostlyText(Random random) {
        String text = random.ints(random.nextInt(12), 0, 0x110000)
                .map(point -> point >= 0xd800 && point < 0xe000 ? 'x' : random.nextBoolean() ? point % 0x900 : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
