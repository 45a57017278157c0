package dev.tidings.engine.testkit.disk;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A disk in memory on which a test can do to an engine what the world does. It keeps apart what was written and
/// what was synced, names and contents alike. After a crash every operation fails; [#recovered] is the disk that
/// the next process finds. A failed write has written a part. A failed sync has made durable some of what it
/// should, and no later one will do so with the rest. May be used by any thread.
public final class FaultyDisk implements Disk {
    private final Names names;
    private final Faults faults = new Faults();
    private final Crash failure;
    private long capacity;
    private boolean crashed;
    private volatile Consumer<Operation> watcher = _ -> {};

    /// An empty disk without a limit.
    ///
    /// @param seed decides what failed syncs make durable
    public FaultyDisk(long seed) {
        this(new Names(), Crash.random(seed), Long.MAX_VALUE);
    }

    private FaultyDisk(Names names, Crash failure, long capacity) {
        this.names = names;
        this.failure = failure;
        this.capacity = capacity;
    }

    // what a test does

    /// Crashes at the n-th operation from now that changes something (1: the next). That one happens, unsynced,
    /// and fails.
    public synchronized void crashAt(long n) {
        faults.crashAt(n);
    }

    public synchronized void crash() {
        crashed = true;
    }

    public synchronized boolean crashed() {
        return crashed;
    }

    /// The disk as it is found after the crash (crashes it now, if nothing has yet). Where only a process died, what
    /// was not synced is there, and is not synced yet: the next crash may take it.
    public synchronized FaultyDisk recovered(Crash crash) {
        crashed = true;
        Names found = crash == Crash.OF_THE_PROCESS ? names : names.recovered(crash);
        return new FaultyDisk(found, failure, capacity);
    }

    /// Fails the n-th operation of these kinds from now, once (1: the next).
    public synchronized void failAt(long n, Operation... kinds) {
        faults.failAt(n, Set.of(kinds));
    }

    /// Fails all operations of these kinds until [#heal].
    public synchronized void breakAll(Operation... kinds) {
        faults.breakAll(Set.of(kinds));
    }

    /// Nothing that was planned fails any more, nor crashes.
    public synchronized void heal() {
        faults.heal();
    }

    /// Lets all files together grow by this many bytes more, and no further.
    public synchronized void leaveSpace(long bytes) {
        long used = used();
        capacity = bytes > Long.MAX_VALUE - used ? Long.MAX_VALUE : used + bytes;
    }

    /// Changes one bit of a file, durably.
    public synchronized void flipBit(String path, long position) throws IOException {
        names.get(path).flipBit(position);
    }

    /// The paths of all files, sorted.
    public synchronized List<String> files() {
        return names.files();
    }

    /// How many operations of this kind were asked for.
    public synchronized long count(Operation operation) {
        return faults.count(operation);
    }

    /// How many operations that change something were asked for.
    public synchronized long changes() {
        return Arrays.stream(Operation.values())
                .filter(Operation::changes)
                .mapToLong(faults::count)
                .sum();
    }

    /// Calls the watcher before each operation, on the thread that asks for it; it may block there.
    public void watch(Consumer<Operation> newWatcher) {
        watcher = newWatcher;
    }

    // what an engine does

    @Override
    public DiskFile open(String path) throws IOException {
        synchronized (this) {
            check();
            Inode existing = names.find(path);
            if (existing != null) {
                return new FaultyFile(this, existing);
            }
        }
        Inode created = new Inode();
        change(Operation.CREATE, () -> names.name(path, created));
        return new FaultyFile(this, created);
    }

    @Override
    public synchronized boolean exists(String path) throws IOException {
        check();
        return names.exists(directory(path));
    }

    @Override
    public synchronized List<String> list(String directory) throws IOException {
        check();
        return List.copyOf(names.list(directory(directory)));
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        change(Operation.CREATE_DIRECTORY, () -> names.make(directory(directory)));
    }

    @Override
    public void move(String from, String to) throws IOException {
        change(Operation.MOVE, () -> names.move(from, to));
    }

    @Override
    public void delete(String path) throws IOException {
        change(Operation.DELETE, () -> names.remove(path));
    }

    @Override
    public void link(String existing, String path) throws IOException {
        change(Operation.LINK, () -> names.name(path, names.get(existing)));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        watcher.accept(Operation.SYNC_DIRECTORY);
        synchronized (this) {
            check();
            refuse(faults.next(Operation.SYNC_DIRECTORY), Operation.SYNC_DIRECTORY);
            names.sync(directory(directory));
        }
    }

    @Override
    public synchronized long usableSpace() throws IOException {
        check();
        return Math.max(0, capacity - used());
    }

    int read(Inode inode, ByteBuffer into, long position) throws IOException {
        watcher.accept(Operation.READ);
        synchronized (this) {
            check();
            refuse(faults.next(Operation.READ), Operation.READ);
            return inode.seen().read(into, position);
        }
    }

    void write(Inode inode, ByteBuffer from, long position) throws IOException {
        watcher.accept(Operation.WRITE);
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        synchronized (this) {
            check();
            Faults.Outcome outcome = faults.next(Operation.WRITE);
            long free = Math.max(0, capacity - used());
            long growth = position + bytes.length - inode.seen().size();
            int fits = (int) Math.max(0, bytes.length - Math.max(0, growth - free));
            int written = outcome == Faults.Outcome.FAILS ? fits / 2 : fits;
            if (written > 0) {
                inode.write(Arrays.copyOf(bytes, written), position);
            }
            refuse(outcome, Operation.WRITE);
            if (fits < bytes.length) {
                throw new DiskFullException("no space left on the faulty disk");
            }
        }
    }

    void truncate(Inode inode, long size) throws IOException {
        change(
                Operation.TRUNCATE,
                () -> inode.length(Math.min(size, inode.seen().size())));
    }

    void sync(Inode inode) throws IOException {
        watcher.accept(Operation.SYNC);
        synchronized (this) {
            check();
            Faults.Outcome outcome = faults.next(Operation.SYNC);
            if (outcome == Faults.Outcome.FAILS) {
                inode.failSync(failure);
            }
            refuse(outcome, Operation.SYNC);
            inode.sync();
        }
    }

    synchronized long size(Inode inode) throws IOException {
        check();
        return inode.seen().size();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void change(Operation operation, Action action) throws IOException {
        watcher.accept(operation);
        synchronized (this) {
            check();
            Faults.Outcome outcome = faults.next(operation);
            if (outcome != Faults.Outcome.FAILS) {
                action.run();
            }
            refuse(outcome, operation);
        }
    }

    private void refuse(Faults.Outcome outcome, Operation operation) throws IOException {
        switch (outcome) {
            case WORKS -> {}
            case FAILS -> throw new IOException("the faulty disk fails a " + operation);
            case CRASHES -> {
                crashed = true;
                check();
            }
        }
    }

    private void check() throws IOException {
        if (crashed) {
            throw new IOException("the faulty disk has crashed");
        }
    }

    private long used() {
        return names.inodes().stream().mapToLong(inode -> inode.seen().size()).sum();
    }

    private static String directory(String path) {
        return path.equals(".") ? Names.ROOT : path;
    }
}
