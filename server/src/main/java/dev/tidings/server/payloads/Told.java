package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Payload;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.payloads.Upload;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import io.vertx.core.http.HttpHeaders;

/// What the answers say of payloads and uploads. The headers of uploads are those of the draft of the IETF for
/// resumable uploads.
record Told(Payloads payloads, PayloadAddresses addresses) {
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    private static final String COMPLETE = "Upload-Complete";
    private static final String NOT_YET = "?0";

    /// A payload that is complete now.
    Answer stored(Payload payload, Header... more) {
        String address = addresses.payload(payload.id());
        Header[] headers = new Header[more.length + 2];
        headers[0] = new Header(HttpHeaders.LOCATION, address);
        headers[1] = new Header(Fetching.REPR_DIGEST, Digests.header(payload.sha256()));
        System.arraycopy(more, 0, headers, 2, more.length);
        return Answer.json(201, PayloadJson.of(payload, address, payloads.expires(payload)))
                .with(headers);
    }

    /// A payload that an upload became.
    Answer finished(int status, Payload payload) {
        String address = addresses.payload(payload.id());
        return Answer.json(status, PayloadJson.of(payload, address, payloads.expires(payload)))
                .with(
                        new Header(HttpHeaders.LOCATION, address),
                        new Header(Fetching.REPR_DIGEST, Digests.header(payload.sha256())),
                        new Header(OFFSET, Long.toString(payload.size())),
                        new Header(LENGTH, Long.toString(payload.size())),
                        new Header(COMPLETE, "?1"));
    }

    /// An upload that goes on.
    Answer upload(int status, Upload upload) {
        String address = addresses.upload(upload.id());
        return Answer.json(status, PayloadJson.of(upload, address, payloads.expires(upload)))
                .with(
                        new Header(HttpHeaders.LOCATION, address),
                        new Header(OFFSET, Long.toString(upload.offset())),
                        new Header(LENGTH, Long.toString(upload.size())),
                        new Header(COMPLETE, NOT_YET));
    }

    /// How far it is, beside a refusal.
    static Header[] where(Upload upload) {
        return new Header[] {
            new Header(OFFSET, Long.toString(upload.offset())),
            new Header(LENGTH, Long.toString(upload.size())),
            new Header(COMPLETE, NOT_YET)
        };
    }
}
