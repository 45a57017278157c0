package dev.tidings.engine.testkit.disk;

import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The directories of a [FaultyDisk]: the names seen, those that would survive any crash, and the changes between.
/// A directory that is lost takes its files with it.
final class Names {
    static final String ROOT = "";

    private final Tree seen = new Tree();
    private final Tree durable = new Tree();
    private final List<Change> unsynced = new ArrayList<>();

    private record Tree(Map<String, Inode> files, Set<String> directories) {
        Tree() {
            this(new TreeMap<>(), new HashSet<>(Set.of(ROOT)));
        }
    }

    /// A change of one directory.
    private sealed interface Change {
        String directory();

        void applyTo(Tree tree);

        record Named(String path, Inode inode) implements Change {
            @Override
            public String directory() {
                return parent(path);
            }

            @Override
            public void applyTo(Tree tree) {
                tree.files.put(path, inode);
            }
        }

        record Unnamed(String path, Inode inode) implements Change {
            @Override
            public String directory() {
                return parent(path);
            }

            @Override
            public void applyTo(Tree tree) {
                tree.files.remove(path, inode);
            }
        }

        record Renamed(String from, String to, Inode inode) implements Change {
            @Override
            public String directory() {
                return parent(to);
            }

            @Override
            public void applyTo(Tree tree) {
                if (tree.files.remove(from, inode)) {
                    tree.files.put(to, inode);
                }
            }
        }

        record Made(String path) implements Change {
            @Override
            public String directory() {
                return parent(path);
            }

            @Override
            public void applyTo(Tree tree) {
                tree.directories.add(path);
            }
        }
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? ROOT : path.substring(0, slash);
    }

    @Nullable
    Inode find(String path) {
        return seen.files.get(path);
    }

    Inode get(String path) throws NoSuchFileException {
        Inode inode = seen.files.get(path);
        if (inode == null) {
            throw new NoSuchFileException(path);
        }
        return inode;
    }

    boolean exists(String path) {
        return seen.files.containsKey(path) || seen.directories.contains(path);
    }

    Set<String> list(String directory) {
        Set<String> names = new TreeSet<>();
        for (Set<String> paths : List.of(seen.files.keySet(), seen.directories)) {
            for (String path : paths) {
                if (!path.equals(ROOT) && parent(path).equals(directory)) {
                    names.add(path.substring(path.lastIndexOf('/') + 1));
                }
            }
        }
        return names;
    }

    List<String> files() {
        return List.copyOf(seen.files.keySet());
    }

    Collection<Inode> inodes() {
        return new HashSet<>(seen.files.values());
    }

    void name(String path, Inode inode) throws NoSuchFileException {
        if (!seen.directories.contains(parent(path))) {
            throw new NoSuchFileException(path, null, "its directory does not exist");
        }
        change(new Change.Named(path, inode));
    }

    void remove(String path) throws NoSuchFileException {
        change(new Change.Unnamed(path, get(path)));
    }

    void move(String from, String to) throws NoSuchFileException {
        Inode inode = get(from);
        if (parent(from).equals(parent(to))) {
            change(new Change.Renamed(from, to, inode));
        } else {
            name(to, inode);
            change(new Change.Unnamed(from, inode));
        }
    }

    void make(String directory) {
        if (!seen.directories.contains(directory)) {
            make(parent(directory));
            change(new Change.Made(directory));
        }
    }

    private void change(Change change) {
        change.applyTo(seen);
        unsynced.add(change);
    }

    void sync(String directory) {
        unsynced.removeIf(change -> {
            boolean here = change.directory().equals(directory);
            if (here) {
                change.applyTo(durable);
            }
            return here;
        });
    }

    Names recovered(Crash crash) {
        Tree found = new Tree(new TreeMap<>(durable.files), new HashSet<>(durable.directories));
        boolean[] left = crash.namesLeft(unsynced.size());
        for (int i = 0; i < left.length; i++) {
            if (left[i]) {
                unsynced.get(i).applyTo(found);
            }
        }
        Names names = new Names();
        Map<Inode, Inode> inodes = new HashMap<>();
        found.directories.stream()
                .sorted()
                .filter(path -> reachable(path, found))
                .forEach(names::settleDirectory);
        found.files.forEach((path, inode) -> {
            if (reachable(parent(path), found)) {
                names.settleFile(path, inodes.computeIfAbsent(inode, one -> one.recovered(crash)));
            }
        });
        return names;
    }

    private static boolean reachable(String directory, Tree tree) {
        return directory.equals(ROOT) || tree.directories.contains(directory) && reachable(parent(directory), tree);
    }

    private void settleDirectory(String path) {
        seen.directories.add(path);
        durable.directories.add(path);
    }

    private void settleFile(String path, Inode inode) {
        seen.files.put(path, inode);
        durable.files.put(path, inode);
    }
}
