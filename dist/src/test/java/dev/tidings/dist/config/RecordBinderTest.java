package dev.tidings.dist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.DataSize;
import dev.tidings.model.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordBinderTest {
    private static final House DEFAULT = new House(
            8080,
            true,
            Roof.FLAT,
            Duration.ofSeconds(30),
            null,
            List.of("red"),
            new Garden(DataSize.ofKibibytes(64), 3),
            List.of());

    enum Roof {
        FLAT,
        GABLED_STEEP
    }

    record Garden(DataSize lawnSize, int trees) {
        Garden {
            if (trees > 100) {
                throw new IllegalArgumentException("trees is at most 100, found " + trees);
            }
        }
    }

    record Guest(String name, @Nullable Integer nights) {}

    record House(
            int port,
            boolean lit,
            Roof roof,
            Duration doorBell,
            @Nullable Long height,
            List<String> colours,
            Garden garden,
            List<Guest> guests) {}

    @Test
    void leavesDefaultsWhereNothingIsSaid() {
        assertThat(read("")).isEqualTo(DEFAULT);
        assertThat(read("garden:\n")).isEqualTo(DEFAULT);
    }

    @Test
    void bindsEveryKindOfValue() {
        House house = read("""
                port: 9090
                lit: false
                roof: gabled-steep
                door-bell: 1m30s
                height: 12
                colours: [blue, green]
                garden:
                  lawn-size: 2MiB
                guests:
                  - name: Ada
                    nights: 2
                  - name: Alan
                """);

        assertThat(house)
                .isEqualTo(new House(
                        9090,
                        false,
                        Roof.GABLED_STEEP,
                        Duration.ofSeconds(90),
                        12L,
                        List.of("blue", "green"),
                        new Garden(DataSize.ofMebibytes(2), 3),
                        List.of(new Guest("Ada", 2), new Guest("Alan", null))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prot: 1                   | prot: there is no such key; did you mean 'port'?
            garden: {tree: 1}         | garden.tree: there is no such key; did you mean 'trees'?
            xyzzy: 1                  | xyzzy: there is no such key; known here: port, lit,
            port: many                | port: expected a whole number, found 'many'
            port: 99999999999         | port: expected a whole number, found '99999999999'
            port: [1]                 | port: expected a whole number, found a list
            port:                     | port: expected a value, found nothing
            lit: yes                  | lit: expected true or false, found 'yes'
            roof: thatched            | roof: expected one of flat, gabled-steep, found 'thatched'
            door-bell: 30             | door-bell: expected a duration such as 500ms, 90s, 30m, 12h or 5d, found '30'
            garden: {lawn-size: 1MB}  | garden.lawn-size: expected a size such as 65536, 64KiB, 10MiB or 2GiB
            garden: {trees: 101}      | garden: trees is at most 100, found 101
            garden: 5                 | garden: expected keys below it, found a number
            colours: {a: b}           | colours: expected a list, found keys
            guests: [{nights: 2}]     | guests[0].name: this key is missing, and has no default
            port: [                   | line 1: this is not YAML
            """)
    void saysWhatIsWrongInOneLine(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("house.yaml")
                .satisfies(wrong -> assertThat(wrong.getMessage()).doesNotContain("\n"));
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        assertThatThrownBy(() -> read("port: 1\nport: 2\n")).hasMessageContaining("port");
    }

    @Test
    void letsTheEnvironmentOverrideTheFile() {
        Map<String, String> environment = Map.of(
                "TIDINGS_PORT",
                "7070",
                "TIDINGS_GARDEN_LAWN_SIZE",
                "1KiB",
                "TIDINGS_COLOURS",
                "black, white",
                "HOME",
                "/");

        House house = ConfigReader.read(DEFAULT, new ConfigReader.Source("house.yaml", "port: 9090"), environment);

        assertThat(house.port()).isEqualTo(7070);
        assertThat(house.garden()).isEqualTo(new Garden(DataSize.ofKibibytes(1), 3));
        assertThat(house.colours()).containsExactly("black", "white");
    }

    @Test
    void namesTheVariableThatIsWrong() {
        assertThatThrownBy(() -> ConfigReader.read(DEFAULT, null, Map.of("TIDINGS_PORT", "tcp://10.0.0.1:80")))
                .hasMessage("TIDINGS_PORT: port: expected a whole number, found 'tcp://10.0.0.1:80'");
        assertThatThrownBy(() -> ConfigReader.read(DEFAULT, null, Map.of("TIDINGS_GARDEN_TREES", "200")))
                .hasMessage("TIDINGS_GARDEN_TREES: garden: trees is at most 100, found 200");
    }

    @Test
    void printsDurationsAsItReadsThem() {
        for (String text : List.of("0s", "5d", "1d12h", "90s", "1m30s", "500ms")) {
            Duration duration = DurationText.parse(text).orElseThrow();
            assertThat(DurationText.parse(DurationText.print(duration))).contains(duration);
        }
    }

    private static House read(String yaml) {
        return ConfigReader.read(DEFAULT, new ConfigReader.Source("house.yaml", yaml), Map.of());
    }
}
