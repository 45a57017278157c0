package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_ANY_SDK;
import static dev.tidings.it.Statement.POLL_EVENT;
import static dev.tidings.it.Statement.POLL_RAW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The CloudEvents SDK for Java as a client. It leaves the percent-coding of headers to others, so these are plain.
class SdkTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private PolledInstance desk;

    @BeforeEach
    void open() {
        desk = broker.client("desk").poll("");
    }

    @AfterEach
    void close() {
        desk.confirm();
        desk.delete();
    }

    @Test
    @Proves(BEYOND_ANY_SDK)
    void producesInBinaryMode() {
        CloudEvent event = event("binary");

        send(event, writer -> writer.writeBinary(event));

        isDelivered(event);
    }

    @Test
    @Proves(BEYOND_ANY_SDK)
    void producesInStructuredMode() {
        CloudEvent event = event("structured");

        send(event, writer -> writer.writeStructured(event, new JsonFormat()));

        isDelivered(event);
    }

    @Test
    @Proves(BEYOND_ANY_SDK)
    void producesAPayloadOfBytes() {
        CloudEvent event = CloudEventBuilder.v1(event("bytes"))
                .withData("image/png", new byte[] {(byte) 0x89, 'P', 0, (byte) 0xff})
                .build();

        send(event, writer -> writer.writeBinary(event));

        isDelivered(event);
    }

    @Test
    @Proves({POLL_RAW, BEYOND_ANY_SDK})
    void consumesInBinaryMode() {
        CloudEvent event = event("consumed-raw");
        send(event, writer -> writer.writeStructured(event, new JsonFormat()));

        CloudEvent delivered = read(desk.poll("raw?timeout=60"));

        assertThat(delivered.getExtension("offset")).isEqualTo("1");
        isSame(delivered, event);
    }

    @Test
    @Proves({POLL_EVENT, BEYOND_ANY_SDK})
    void consumesInStructuredMode() {
        CloudEvent event = event("consumed");
        send(event, writer -> writer.writeBinary(event));

        isDelivered(event);
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create(Shop.SOURCE))
                .withType(Shop.PLACED)
                .withSubject("an-order")
                .withTime(OffsetDateTime.parse("2026-01-31T12:00:00Z"))
                .withExtension("partitionkey", "customer-7")
                .withData("application/json", "{\"grams\":1200}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static void send(CloudEvent event, Consumer<MessageWriter<?, ?>> write) {
        Call[] call = {Call.post("/ce")};
        write.accept(HttpMessageFactory.createWriter(
                (name, value) -> call[0] = call[0].header(name, value),
                body -> broker.client("shop").send(call[0].body(Bytes.of(body))).accepted(1, 0)));
        assertThat(call[0].headers()).as("headers of %s", event.getId()).isNotEmpty();
    }

    private void isDelivered(CloudEvent event) {
        isSame(read(desk.poll("event?timeout=60")), event);
    }

    private static CloudEvent read(Reply reply) {
        reply.expect(200);
        return HttpMessageFactory.createReader(
                        add -> reply.headers().map().forEach((name, values) -> add.accept(name, values.getFirst())),
                        reply.body().toArray())
                .toEvent();
    }

    private static void isSame(CloudEvent delivered, CloudEvent event) {
        assertThat(delivered.getId()).isEqualTo(event.getId());
        assertThat(delivered.getSource()).isEqualTo(event.getSource());
        assertThat(delivered.getType()).isEqualTo(event.getType());
        assertThat(delivered.getSubject()).isEqualTo(event.getSubject());
        assertThat(delivered.getTime()).isEqualTo(event.getTime());
        assertThat(delivered.getDataContentType()).isEqualTo(event.getDataContentType());
        assertThat(delivered.getExtension("partitionkey")).isEqualTo(event.getExtension("partitionkey"));
        assertThat(bytes(delivered.getData())).isEqualTo(bytes(event.getData()));
    }

    private static byte[] bytes(CloudEventData data) {
        return data.toBytes();
    }
}
