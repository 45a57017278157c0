package dev.tidings.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTest {
    private static final Terminal.Person SOMEBODY = new Terminal.Person(false, true, false);
    private static final String DIFFERENCE =
            "{\"version\":2,\"changes\":[\"+ type A.B.C.Done\",\"- client x\"],\"warnings\":[\"types.A: hm\"]}";

    @TempDir
    private Path directory;

    private FakeBroker broker;
    private Path catalog;

    @BeforeEach
    void start() throws IOException {
        broker = new FakeBroker();
        catalog = Files.writeString(directory.resolve("catalog.yaml"), "types: {}\n");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void showsTheDifferenceAndApplies() {
        broker.answers(200, DIFFERENCE).answers(200, DIFFERENCE);

        Ran ran = apply("", Terminal.Person.NOBODY, "--yes");

        assertThat(ran.out()).isEqualTo("+ type A.B.C.Done\n- client x\napplied: version 2\n");
        assertThat(ran.err()).isEqualTo("warning types.A: hm\n");
        assertThat(broker.asked())
                .extracting(FakeBroker.Asked::line)
                .containsExactly("PUT /admin/catalog?dry-run=true", "PUT /admin/catalog");
        assertThat(broker.asked()).extracting(FakeBroker.Asked::body).containsOnly("types: {}\n");
        assertThat(broker.asked()).extracting(FakeBroker.Asked::ifMatch).containsExactly("null", "\"1\"");
    }

    @Test
    void asksWhoeverSitsAtTheTerminal() {
        broker.answers(200, DIFFERENCE);

        Ran ran = apply("n\n", SOMEBODY);

        assertThat(ran.err()).contains("Apply these changes? [y/N] ").contains("nothing was changed");
        assertThat(broker.asked()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void appliesWhenTheAnswerIsYes() {
        broker.answers(200, DIFFERENCE).answers(200, DIFFERENCE);

        assertThat(apply("y\n", SOMEBODY).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(broker.asked()).hasSize(2);
    }

    @Test
    void changesNothingUnaskedWhereNobodyIsAtTheTerminal() {
        broker.answers(200, DIFFERENCE);

        Ran ran = apply("", Terminal.Person.NOBODY);

        assertThat(ran.out()).isEqualTo("+ type A.B.C.Done\n- client x\n");
        assertThat(ran.err()).contains("pass --yes to apply these changes");
        assertThat(broker.asked()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void changesNothingWhereTheCatalogWasChangedSinceTheDifferenceWasShown() {
        broker.answers(200, DIFFERENCE).answers(409, "{\"title\":\"Conflict\",\"detail\":\"version 2 is in force\"}");

        Ran ran = apply("", Terminal.Person.NOBODY, "--yes");

        assertThat(ran.err()).contains("version 2 is in force");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void findsAnInvalidCatalogThoughNoBrokerAnswers() throws IOException {
        broker.close();
        Files.writeString(catalog, "wrong\n");

        Ran ran = apply("", SOMEBODY);

        assertThat(ran.err()).startsWith(catalog + ": line 1: wrong\n").contains("no broker answered");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void saysThatNoBrokerAnswers() {
        broker.close();

        assertThat(apply("", SOMEBODY).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void onlyShowsInADryRun() {
        broker.answers(200, DIFFERENCE);

        Ran ran = apply("", Terminal.Person.NOBODY, "--dry-run");

        assertThat(ran.out()).startsWith("+ type");
        assertThat(broker.asked()).hasSize(1);
    }

    @Test
    void saysThatThereIsNothingToChange() {
        broker.answers(200, "{\"version\":2,\"changes\":[],\"warnings\":[]}");

        assertThat(apply("", SOMEBODY).out()).isEqualTo("nothing to change\n");
    }

    @Test
    void tellsEveryProblemOfAnInvalidCatalog() {
        broker.answers(422, """
                {"title":"The catalog is invalid","detail":"two problems",
                 "errors":[{"index":0,"reason":"line 1: a"},{"index":1,"reason":"line 2: b"}]}""");

        Ran ran = apply("", SOMEBODY);

        assertThat(ran.err())
                .isEqualTo(catalog + ": line 1: a\n" + catalog + ": line 2: b\n"
                        + "tidings apply: 422 The catalog is invalid: two problems\n");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.WRONG_INPUT);
    }

    private Ran apply(String input, Terminal.Person person, String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "apply";
        all[1] = "--url";
        all[2] = broker.url();
        all[3] = "-f";
        all[4] = catalog.toString();
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return Ran.command(input, person, all);
    }
}
