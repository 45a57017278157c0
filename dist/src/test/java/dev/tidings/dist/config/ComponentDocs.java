package dev.tidings.dist.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the sources say of the components of a record: the `@param` tags of its Javadoc.
final class ComponentDocs {
    private final Path root;

    ComponentDocs(Path root) {
        this.root = root;
    }

    /// By component.
    Map<String, String> of(Class<?> record) {
        List<String> comment = commentAbove(source(record), "record " + record.getSimpleName() + "(");
        Map<String, String> docs = new HashMap<>();
        String name = null;
        for (String line : comment) {
            if (line.startsWith("@param ")) {
                String[] parts = line.split("\\s+", 3);
                name = parts[1];
                docs.put(name, parts[2]);
            } else if (name != null && line.isEmpty()) {
                name = null;
            } else if (name != null) {
                docs.merge(name, line, (a, b) -> a + " " + b);
            }
        }
        return docs;
    }

    private List<String> source(Class<?> type) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        Path path = Path.of("src/main/java").resolve(top.getName().replace('.', '/') + ".java");
        try (Stream<Path> modules = Files.walk(root, 2)) {
            Optional<Path> file = modules.map(module -> module.resolve(path))
                    .filter(Files::exists)
                    .findFirst();
            return Files.readAllLines(file.orElseThrow(() -> new IllegalStateException("no source of " + type)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> commentAbove(List<String> lines, String declaration) {
        int at = 0;
        while (!lines.get(at).contains(declaration)) {
            at++;
        }
        List<String> comment = new ArrayList<>();
        for (int i = at - 1; i >= 0 && lines.get(i).strip().startsWith("///"); i--) {
            comment.addFirst(lines.get(i).strip().substring(3).strip());
        }
        return comment;
    }
}
