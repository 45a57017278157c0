package dev.tidings.sim.node;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.sim.step.Life;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/// A [FaultyDisk] as one process sees it: other threads go on while an operation takes its time, and when it
/// crashes, no thread that asks anything of it ever comes back.
final class MachineDisk implements Disk {
    private final FaultyDisk disk;
    /// What the process speaks to: the disk, or what lies about it.
    private final Disk told;
    private final Life life;
    private final Weather weather;
    private final SplittableRandom random;

    MachineDisk(Machine machine, FaultyDisk disk, Life life) {
        this.disk = disk;
        this.told = machine.mischief.of(disk);
        this.life = life;
        this.weather = machine.weather;
        this.random = machine.random.split();
    }

    @FunctionalInterface
    private interface Asked<T> {
        T ask() throws IOException;
    }

    @FunctionalInterface
    private interface Done {
        void run() throws IOException;
    }

    @Override
    public DiskFile open(String path) throws IOException {
        return new MachineFile(ask(() -> told.open(path)));
    }

    @Override
    public boolean exists(String path) throws IOException {
        return ask(() -> told.exists(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return ask(() -> told.list(directory));
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        change(() -> told.createDirectory(directory));
    }

    @Override
    public void move(String from, String to) throws IOException {
        change(() -> told.move(from, to));
    }

    @Override
    public void delete(String path) throws IOException {
        change(() -> told.delete(path));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        change(() -> told.syncDirectory(directory));
    }

    @Override
    public long usableSpace() throws IOException {
        return ask(told::usableSpace);
    }

    @Override
    public void link(String existing, String path) throws IOException {
        change(() -> told.link(existing, path));
    }

    private final class MachineFile implements DiskFile {
        private final DiskFile file;

        MachineFile(DiskFile file) {
            this.file = file;
        }

        /// Only where readers read does something else come in between: others may read inside a monitor.
        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            if (Thread.currentThread().getName().startsWith("tidings-read")) {
                letOthersRun();
            }
            return ask(() -> file.read(into, position));
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            change(() -> file.write(from, position));
        }

        @Override
        public void sync() throws IOException {
            change(file::sync);
        }

        @Override
        public long size() throws IOException {
            return ask(file::size);
        }

        @Override
        public void truncate(long size) throws IOException {
            change(() -> file.truncate(size));
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private void change(Done done) throws IOException {
        letOthersRun();
        ask(() -> {
            done.run();
            return true;
        });
    }

    private <T> T ask(Asked<T> asked) throws IOException {
        try {
            return asked.ask();
        } catch (IOException e) {
            if (disk.crashed()) {
                life.end();
                Life.stop();
            }
            throw e;
        }
    }

    private void letOthersRun() {
        int slow = weather.slowOneIn();
        if (slow > 0 && random.nextInt(slow) == 0) {
            life.sleep(weather.slowness());
        } else if (random.nextInt(4) > 0) {
            Life.letOthersRun();
        }
    }
}
