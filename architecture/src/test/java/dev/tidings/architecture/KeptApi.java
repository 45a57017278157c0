package dev.tidings.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The signatures of a module as they are kept beside it, in `api.txt`, and what has become of them.
///
/// @param released the last release, `none` before the first
/// @param lines    sorted
record KeptApi(String released, List<String> lines) {
    static final String NOT_YET = "none";
    private static final String HEAD = "# released: ";

    static KeptApi parse(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        boolean hasHead = !lines.isEmpty() && lines.getFirst().startsWith(HEAD);
        return hasHead
                ? new KeptApi(lines.getFirst().substring(HEAD.length()), lines.subList(1, lines.size()))
                : new KeptApi(NOT_YET, lines);
    }

    String print() {
        return HEAD + released + "\n" + String.join("\n", lines) + "\n";
    }

    /// What programs may link to, and no longer find.
    List<String> goneFrom(List<String> now) {
        List<String> gone = new ArrayList<>(lines);
        gone.removeAll(now);
        return gone;
    }

    /// What nobody has seen yet.
    List<String> newIn(List<String> now) {
        List<String> added = new ArrayList<>(now);
        added.removeAll(lines);
        return added;
    }

    /// With what is new. What is gone is kept, and so stays a failure, once there was a release.
    KeptApi updated(List<String> now) {
        TreeSet<String> all = new TreeSet<>(now);
        if (!released.equals(NOT_YET)) {
            all.addAll(lines);
        }
        return new KeptApi(released, List.copyOf(all));
    }
}
