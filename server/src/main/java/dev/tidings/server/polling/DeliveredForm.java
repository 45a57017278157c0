package dev.tidings.server.polling;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.ContentTypes;
import dev.tidings.wire.BinaryMessage;
import dev.tidings.wire.Outgoing;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/// Delivered events as answers, in the three modes of the HTTP binding.
final class DeliveredForm {
    private static final CharSequence EVENT = HttpHeaders.createOptimized(ContentTypes.EVENT);
    private static final CharSequence BATCH = HttpHeaders.createOptimized(ContentTypes.BATCH);

    private DeliveredForm() {}

    static Answer raw(Delivery delivery) {
        BinaryMessage message = Outgoing.binary(delivery);
        List<Answer.Header> headers = new ArrayList<>(message.headers().size());
        for (BinaryMessage.Header header : message.headers()) {
            headers.add(new Answer.Header(header.name(), header.value()));
        }
        return new Answer(200, message.contentType(), message.body(), headers);
    }

    static Answer event(Delivery delivery) {
        return Answer.of(200, EVENT, Bytes.of(Outgoing.structured(delivery)));
    }

    static Answer batch(List<Delivery> deliveries) {
        return Answer.of(200, BATCH, Bytes.of(Outgoing.batch(deliveries)));
    }
}
