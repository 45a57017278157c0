package dev.tidings.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TidingsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --unknown                          | tidings: Unknown option: '--unknown'
            produse                            | Did you mean 'produce'?
            ''                                 | tidings: Unmatched argument
            produce --bath 3                   | tidings produce: Unknown option: '--bath'
            produce --batch x                  | tidings produce: Invalid value for option '--batch'
            produce --batch 0                  | tidings produce: --batch: expected 1 to 10000, found 0
            produce /no/such/file              | tidings produce: cannot read /no/such/file
            produce --type A.B.C.Done          | --type and --source go together; --source is missing
            produce --url nonsense             | --url: expected an address such as http://127.0.0.1:8080, found 'nonsense'
            produce --url ftp://example.org    | --url: expected an address
            produce --key-file /no/such/key    | --key-file: cannot read /no/such/key: there is no such file
            produce --cacert /no/such/pem      | cannot use the certificates given: /no/such/pem
            consume --no-events                | --no-events leaves nothing to consume; add --dead or --test
            consume --max 0                    | --max: expected 1 or more, found 0
            apply                              | tidings apply: Missing required option: '--file=FILE'
            apply -f /no/such/catalog          | tidings apply: cannot read /no/such/catalog: there is no such file
            apply -f /                         | tidings apply: cannot read /: this is a directory
            """)
    void answersWrongInputWithOneLineAndTwo(String line, String message) {
        Ran ran = Ran.command("", line.split(" "));

        assertThat(ran.err()).contains(message);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void asksForACommand() {
        Ran ran = Ran.command("");

        assertThat(ran.err()).isEqualTo("tidings: Missing command. See 'tidings --help'.\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"produce", "consume", "apply"})
    void helpsWithExamplesAndExitCodes(String command) {
        Ran ran = Ran.command("", command, "--help");

        assertThat(ran.out()).contains("Usage: tidings " + command, "Example", "Exit codes:");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void saysItsVersion() {
        assertThat(Ran.command("", "version").out()).startsWith("tidings 1.2.3 ");
    }

    @Test
    void saysThatNoBrokerAnswers() {
        Ran ran = Ran.command("", "consume", "--url", "http://127.0.0.1:1", "--retry-for", "1");

        assertThat(ran.err()).contains("tidings consume: http://127.0.0.1:1: ").doesNotContain("\tat ");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void readsAKeyFromAFile(@TempDir Path directory) throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "secret\n");
        try (FakeBroker broker = new FakeBroker().answers(200, "{\"accepted\":1,\"duplicates\":0}")) {
            Ran.command("{\"specversion\":\"1.0\"}", "produce", "--url", broker.url(), "--key-file", key.toString());

            assertThat(broker.asked().getFirst().authorization()).isEqualTo("Bearer secret");
        }
    }
}
