package dev.tidings.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.ErrorCode;
import dev.tidings.server.http.FrontFixture;
import dev.tidings.server.http.Operation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The description names paths at two blanks, their methods at four, and the rest deeper.
class OpenApiTest {
    private static HttpResponse<String> answer;

    @BeforeAll
    static void read() {
        OpenApiRoute route = new OpenApiRoute();
        try (FrontFixture front = new FrontFixture(FrontFixture.config(), _ -> route)) {
            answer = front.send(front.request("/openapi.yaml"));
        }
    }

    @AfterAll
    static void forget() {
        answer = null;
    }

    @Test
    void isServedAsYaml() {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3.1.0\n");
    }

    @Test
    void describesWhatIsRoutedAndNothingElse() {
        List<String> routed = Arrays.stream(Operation.values())
                .map(operation -> operation.method() + " " + operation.path())
                .toList();

        assertThat(described()).containsExactlyInAnyOrderElementsOf(routed);
    }

    @ParameterizedTest
    @EnumSource
    void namesEachError(ErrorCode code) {
        assertThat(answer.body()).contains("`" + code.slug() + "`");
    }

    @Test
    void refersToNothingThatIsMissing() {
        List<String> missing = answer.body()
                .lines()
                .filter(line -> line.contains("$ref: "))
                .map(line -> line.substring(line.lastIndexOf('/') + 1).replaceAll("['\"} ]+$", ""))
                .filter(name -> !answer.body().contains("\n    " + name + ":"))
                .distinct()
                .toList();

        assertThat(missing).isEmpty();
    }

    private static List<String> described() {
        List<String> found = new ArrayList<>();
        String path = "";
        for (String line : answer.body().lines().toList()) {
            if (line.startsWith("  /")) {
                path = line.strip().substring(0, line.strip().length() - 1);
            } else if (line.matches(" {4}(get|put|post|delete|patch|head):")) {
                found.add(line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT) + " " + path);
            }
        }
        return found;
    }
}
