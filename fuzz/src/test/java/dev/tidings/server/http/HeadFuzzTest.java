package dev.tidings.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.model.ErrorCode;
import dev.tidings.server.polling.OpeningQuery;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/// What stands in the first line and the headers of a request.
class HeadFuzzTest {
    private static final Paths PATHS = new Paths();

    @FuzzTest
    void readsAQueryOrSaysWhatIsWrong(byte[] ascii) {
        Query query = new Query(new String(ascii, StandardCharsets.ISO_8859_1));

        assertThat(OpeningQuery.read(query)).isNotNull();
        var refusal = query.refusal();
        if (refusal != null) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        }
    }

    @FuzzTest
    void findsThePathOrSaysThatThereIsNone(byte[] ascii) {
        String path = new String(ascii, StandardCharsets.ISO_8859_1);

        assertThat(PATHS.find(HttpMethod.GET, path)).isNotNull();
        String utf8 = new String(ascii, StandardCharsets.UTF_8);
        String encoded = PercentCoding.encode(utf8);
        assertThat(PercentCoding.decode(encoded, 0, encoded.length())).isEqualTo(utf8);
    }

    @FuzzTest
    void understandsContentTypesAndAcceptOrRefusesThem(byte[] ascii) {
        String header = new String(ascii, StandardCharsets.ISO_8859_1);

        for (Operation operation : Operation.values()) {
            if (ContentTypes.mode(operation, header) == null) {
                assertThat(ContentTypes.refusal(operation, header).code())
                        .isEqualTo(ErrorCode.UNSUPPORTED_CONTENT_TYPE);
            }
            String answer = operation.output().mediaType();
            if (answer != null && !Accept.takes(header, answer)) {
                assertThat(Accept.refusal(answer).code()).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
            }
        }
    }
}
