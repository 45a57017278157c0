package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    private final Paths paths = new Paths();

    @ParameterizedTest
    @EnumSource
    void findsEachOperationByItsPath(Operation operation) {
        String path = operation.path().replace("{", "some-").replace("}", "");

        assertThat(paths.find(operation.method(), path))
                .isInstanceOfSatisfying(
                        Target.Known.class,
                        known -> assertThat(known.operation()).isEqualTo(operation));
    }

    @Test
    void decodesTheParametersOfAPath() {
        Target target = paths.find(HttpMethod.POST, "/n1/ce/consumers/%7Edefault/instances/a%2Fb/confirm");

        assertThat(target).isEqualTo(new Target.Known(Operation.CONFIRM, List.of("n1", "~default", "a/b")));
    }

    @Test
    void takesAnEncodedLetterForTheLetter() {
        assertThat(paths.find(HttpMethod.POST, "/c%65")).isEqualTo(new Target.Known(Operation.PRODUCE_ANY, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ce/%", "/%2/ce", "/%zz", "/%ff", "/%c0%af/ce"})
    void callsABadEncodingMalformed(String path) {
        assertThat(paths.find(HttpMethod.GET, path)).isInstanceOf(Target.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "ce", "/", "//", "/{}", "/{node}", "//ce/consumers/g/instances/i", "/ce/../ce", "/ce?"})
    void findsNothingWhereNothingIs(String path) {
        assertThat(paths.find(HttpMethod.GET, path)).isInstanceOf(Target.NoSuchPath.class);
    }

    @Test
    void tellsWhatTheWholeServerTakes() {
        assertThat(paths.find(HttpMethod.OPTIONS, "*")).isInstanceOf(Target.Options.class);
    }
}
