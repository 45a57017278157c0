package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.node.NodeConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The commands that look after a store, in processes of their own.
class StoreCareTest {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int DAMAGED = 65;

    private final Path directory = Directories.temporary();
    private final Path data = directory.resolve("data");
    private final Path backups = directory.resolve("backups");

    @AfterEach
    void clean() {
        Directories.delete(directory);
    }

    @Test
    void backUpARunningBrokerAndRestoreIt() throws IOException {
        String name;
        try (RunningBroker broker = broker(data)) {
            publish(broker, "before");
            Ran backup = Ran.tidings("backup", "--url", broker.address(), "--key", "admin");
            assertThat(backup.exitCode()).as(backup.output()).isEqualTo(DONE);
            name = backup.output().substring(0, backup.output().indexOf(": done"));
            publish(broker, "after");
            Ran list = Ran.tidings("backup", "--list", "--url", broker.address(), "--key", "admin");
            assertThat(list.output()).startsWith(name + ": done, ");
        }
        Path restored = directory.resolve("restored");

        Ran restore = Ran.tidings("restore", "--from", backups.resolve(name).toString(), "--data", restored.toString());

        assertThat(restore.exitCode()).as(restore.output()).isEqualTo(DONE);
        assertThat(restore.output()).contains("1 event");
        try (RunningBroker broker = broker(restored)) {
            assertThat(read(broker)).isEqualTo("before");
        }
    }

    @Test
    void backUpVerifyAndRestorePayloads() throws IOException {
        String name;
        String path;
        try (RunningBroker broker = broker(data)) {
            Reply stored = broker.client("shop")
                    .send(Call.of("PUT", "/ce/payloads?type=" + Shop.PLACED).body("a scan"))
                    .expect(201);
            path = stored.header("Location").replace(broker.address(), "");
            broker.client("shop")
                    .produce(Shop.order("1").put("dataref", stored.header("Location")))
                    .expect(200);
            Ran backup = Ran.tidings("backup", "--url", broker.address(), "--key", "admin");
            name = backup.output().substring(0, backup.output().indexOf(": done"));
        }
        Path restored = directory.resolve("restored");
        Path backup = backups.resolve(name);

        Ran restore = Ran.tidings("restore", "--from", backup.toString(), "--data", restored.toString());
        Ran sound = Ran.tidings("verify", "--data", restored.toString());
        try (RunningBroker broker = broker(restored)) {
            assertThat(broker.client("shop").get(path).expect(200).text()).isEqualTo("a scan");
        }
        damagePayload(restored);
        Ran damaged = Ran.tidings("verify", "--data", restored.toString());

        assertThat(restore.exitCode()).as(restore.output()).isEqualTo(DONE);
        assertThat(sound.exitCode()).as(sound.output()).isEqualTo(DONE);
        assertThat(damaged.exitCode()).as(damaged.output()).isEqualTo(DAMAGED);
        assertThat(damaged.output()).contains("payloads/");
    }

    private static void damagePayload(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("payloads"))) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.writeString(file, "a scam");
        }
    }

    @Test
    void backUpNothingForWhoIsNoAdministratorOrWhereThereIsNoPlace() {
        try (RunningBroker broker = broker(data);
                RunningBroker without = RunningBroker.with(catalog()).start()) {
            Ran stranger = Ran.tidings("backup", "--url", broker.address(), "--key", "shop");
            Ran homeless = Ran.tidings("backup", "--url", without.address(), "--key", "admin");

            assertThat(stranger.exitCode()).isEqualTo(REFUSED);
            assertThat(stranger.output()).contains("no administrator");
            assertThat(homeless.exitCode()).isEqualTo(REFUSED);
            assertThat(homeless.output()).contains("backup.directory");
        }
    }

    @Test
    void verifyAndSalvageAStore() throws IOException {
        try (RunningBroker broker = broker(data)) {
            publish(broker, "one");
            assertThat(Ran.tidings("verify", "--data", data.toString()).output())
                    .contains("in use");
        }
        Ran sound = Ran.tidings("verify", "--data", data.toString());
        damageFormat();
        Ran damaged = Ran.tidings("verify", "--data", data.toString());
        Path fresh = directory.resolve("fresh");
        Ran salvage = Ran.tidings("salvage", "--data", data.toString(), "--to", fresh.toString());
        Ran again = Ran.tidings("salvage", "--data", data.toString(), "--to", fresh.toString());

        assertThat(sound.exitCode()).as(sound.output()).isEqualTo(DONE);
        assertThat(sound.output()).contains("sound: ", "1 event,");
        assertThat(damaged.exitCode()).isEqualTo(DAMAGED);
        assertThat(damaged.output()).contains("format at byte ");
        assertThat(salvage.exitCode()).as(salvage.output()).isEqualTo(DONE);
        assertThat(salvage.output()).contains("1 event of ", "0 events lost");
        assertThat(again.exitCode()).isEqualTo(WRONG_INPUT);
        assertThat(again.output()).contains("not empty");
        try (RunningBroker broker = broker(fresh)) {
            assertThat(read(broker)).isEqualTo("one");
        }
    }

    @Test
    void refuseAStoreOfANewerProgramInOneLine() throws IOException {
        broker(data).close();
        try (RandomAccessFile file = new RandomAccessFile(data.resolve("format").toFile(), "rw")) {
            ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            file.readFully(head.array());
            head.putInt(4, 257);
            CRC32C crc = new CRC32C();
            crc.update(head.array(), 0, 8);
            head.putInt(8, (int) crc.getValue());
            file.seek(0);
            file.write(head.array());
        }

        for (Ran ran : List.of(
                Ran.tidings("serve", "--insecure", "--data", data.toString()),
                Ran.tidings("verify", "--data", data.toString()))) {
            assertThat(ran.exitCode()).isEqualTo(WRONG_INPUT);
            assertThat(ran.output()).contains("format 257").containsOnlyOnce("\n");
        }
    }

    @Test
    void complainOfADirectoryThatIsNoStore() throws IOException {
        Files.createDirectories(data);

        Ran verify = Ran.tidings("verify", "--data", data.toString());
        Ran restore = Ran.tidings(
                "restore",
                "--from",
                data.toString(),
                "--data",
                directory.resolve("new").toString());

        assertThat(verify.exitCode()).isEqualTo(WRONG_INPUT);
        assertThat(verify.output()).contains("no store");
        assertThat(restore.exitCode()).isEqualTo(WRONG_INPUT);
        assertThat(restore.output()).contains("no backup");
        try (Stream<Path> inside = Files.list(data)) {
            assertThat(inside).isEmpty();
        }
    }

    private RunningBroker broker(Path store) {
        return RunningBroker.with(catalog())
                .and(config -> config.with(new NodeConfig.Overrides(store, null, null, false))
                        .withBackup(new NodeConfig.BackupSection(backups)))
                .start();
    }

    private static CatalogText catalog() {
        return CatalogText.EMPTY
                .type(Shop.PLACED)
                .client(
                        "shop",
                        "produces: { sources: [" + Shop.SOURCE + "], types: [" + Shop.PLACED + "] }",
                        "consumes: { types: [" + Shop.PLACED + "] }")
                .client("admin", "admin: true");
    }

    private static void publish(RunningBroker broker, String id) {
        broker.client("shop").produce(Shop.order(id)).expect(200);
    }

    private static String read(RunningBroker broker) {
        return broker.client("shop").poll("from=earliest").event().path("id").asString("");
    }

    private void damageFormat() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(data.resolve("format").toFile(), "rw")) {
            file.seek(20);
            file.write(0xff);
        }
    }
}
