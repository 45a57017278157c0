package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Consuming with nothing but curl, behind an address of the operator's choice.
class CurlConsumerTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG)
            .and(config -> config.withServer(
                    config.server().withPublicAddress(URI.create("https://events.example.org/tidings/"))));

    private final Branch shop = Branch.of(broker);

    @BeforeAll
    static void isThere() {
        boolean found = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "curl")));
        assumeThat(found).as("curl is installed").isTrue();
    }

    @Test
    @Proves({Statement.POLL_CREATE, Statement.POLL_LOCATION})
    void buildsAddressesFromThePublicAddressAndNeverFromTheHost() {
        String created = curl(shop.consumer(), "/ce/consumers?group=g", "-X", "POST", "-H", "Host: evil.example");

        assertThat(created)
                .startsWith("HTTP/1.1 201 ")
                .containsIgnoringCase("location: https://events.example.org/tidings/n1/ce/consumers/g/instances/")
                .doesNotContain("evil.example");
    }

    @Test
    @Proves({Statement.POLL_EVENT, Statement.POLL_CONFIRM})
    void consumes() {
        shop.produce("a");
        String created = curl(shop.consumer(), "/ce/consumers", "-X", "POST");
        String instance = created.lines()
                .filter(line -> line.regionMatches(true, 0, "location:", 0, 9))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*/tidings", "")
                .strip();

        assertThat(curl(shop.consumer(), instance + "/event")).contains("\"id\":\"a\"", "\"offset\":\"1\"");
        assertThat(curl(shop.consumer(), instance + "/confirm", "-X", "POST")).startsWith("HTTP/1.1 204 ");
        assertThat(curl(shop.consumer(), instance + "/event?timeout=0")).startsWith("HTTP/1.1 204 ");
    }

    /// What curl prints: the head and the body of the answer.
    private static String curl(Client client, String path, String... options) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "-i", "--max-time", "60"));
        command.addAll(List.of("-H", "Authorization: Bearer " + client.token()));
        command.addAll(List.of(options));
        command.add(client.base() + path);
        return Ran.of(command).output();
    }
}
