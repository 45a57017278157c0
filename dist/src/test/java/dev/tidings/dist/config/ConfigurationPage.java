package dev.tidings.dist.config;

import java.lang.reflect.ParameterizedType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The reference page of the configuration, made from the records that it fills.
final class ConfigurationPage {
    private static final String INTRODUCTION = """
            # Configuration

            This page is generated from the configuration records (the test `ConfigurationPageTest` fails when it is stale).

            ```
            tidings serve --config tidings.yaml
            ```
            Every key has a default, so the file holds only what differs. Keys below each other are sections:
            ```yaml
            data: /var/lib/tidings
            catalog:
              file: /etc/tidings/catalog.yaml
            server:
              http:
                host: 0.0.0.0
                port: 8443
            log:
              level: warn
            ```
            - **Precedence.** A command line option goes before an environment variable, that before the file, that before the
              default.
            - **Environment.** Each key has a variable: `TIDINGS_`, then the key in capitals with `_` for `.` and `-`
              (`server.http.port`: `TIDINGS_SERVER_HTTP_PORT`). Lists are separated by commas there.
            - **Mistakes stop the start.** An unknown key, a value of the wrong form, values that contradict each other: one line on
              standard error says which, and the exit code is 2. `tidings check --config tidings.yaml` finds them before.
            - **Forms.** Durations: `500ms`, `90s`, `30m`, `12h`, `5d`, `1d12h`. Sizes: `65536`, `64KiB`, `10MiB`, `2GiB`.
              Relative paths begin at the working directory.
            - What exists (event types, clients, their rights) is no configuration: it is the catalog, and changes while the
              broker runs.

            """;

    private final ComponentDocs docs;
    private final List<String> undocumented = new ArrayList<>();

    ConfigurationPage(Path root) {
        this.docs = new ComponentDocs(root);
    }

    String of(Record defaults) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        String section = "";
        head(page, "General");
        for (Key key : Key.leaves(defaults)) {
            String top = key.path().contains(".")
                    ? key.path().substring(0, key.path().indexOf('.'))
                    : "";
            if (!top.equals(section)) {
                section = top;
                head(page, "`" + top + "`");
            }
            row(page, key);
        }
        return page.toString();
    }

    /// Keys of which the sources say nothing.
    List<String> undocumented() {
        return undocumented;
    }

    private static void head(StringBuilder page, String title) {
        page.append(page.charAt(page.length() - 2) == '\n' ? "" : "\n")
                .append("## ")
                .append(title)
                .append("\n| key | is | default | meaning |\n| --- | --- | --- | --- |\n");
    }

    private void row(StringBuilder page, Key key) {
        Map<String, String> known = docs.of(key.owner());
        String doc = known.get(key.component().getName());
        if (doc == null) {
            undocumented.add(key.path());
        }
        String fallback = Values.print(key.fallback());
        page.append("| `")
                .append(key.path())
                .append("` | ")
                .append(expected(key))
                .append(" | ")
                .append(fallback.isEmpty() ? "none" : "`" + fallback + "`")
                .append(" | ")
                .append(sentence(doc == null ? "?" : doc))
                .append(" |\n");
    }

    private static String expected(Key key) {
        if (key.type() instanceof ParameterizedType) {
            return "a list";
        }
        String expected = Values.expected(key.component().getType());
        int example = expected.indexOf(" such as");
        return example < 0 ? expected : expected.substring(0, example);
    }

    private static String sentence(String doc) {
        String capital = doc.substring(0, 1).toUpperCase(Locale.ROOT) + doc.substring(1);
        return (capital.endsWith(".") ? capital : capital + ".")
                .replace("|", "\\|")
                .replace("; null:", "; none:")
                .replace("Null:", "None:");
    }
}
