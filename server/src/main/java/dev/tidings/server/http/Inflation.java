package dev.tidings.server.http;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Decompresses bodies, and stops at the limit: a small body that would become a huge one is refused when it has
/// become too large, not after.
final class Inflation {
    private static final int PIECE = 16 * 1024;
    /// 8 MiB, what RFC 8878 recommends as the largest window to accept; without it a frame could ask for 128 MiB.
    private static final int ZSTD_WINDOW_LOG = 23;

    private Inflation() {}

    /// How a body was compressed.
    enum Coding {
        IDENTITY,
        GZIP,
        ZSTD
    }

    sealed interface Inflated {
        record Whole(Bytes body) implements Inflated {}

        record Refused(Refusal refusal) implements Inflated {}
    }

    /// The coding that the `Content-Encoding` names; null where it is none of ours.
    static @Nullable Coding coding(@Nullable String contentEncoding) {
        if (contentEncoding == null) {
            return Coding.IDENTITY;
        }
        return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Coding.IDENTITY;
            case "gzip", "x-gzip" -> Coding.GZIP;
            case "zstd" -> Coding.ZSTD;
            default -> null;
        };
    }

    static Refusal unknown(String contentEncoding) {
        return Refusal.of(
                ErrorCode.UNSUPPORTED_CONTENT_ENCODING,
                "expected a Content-Encoding of gzip or zstd, or none; found '" + contentEncoding + "'");
    }

    static Inflated inflate(Coding coding, Bytes body, long limit) {
        if (coding == Coding.IDENTITY) {
            return new Inflated.Whole(body);
        }
        try (InputStream source = open(coding, body)) {
            return readAll(source, body.length(), limit);
        } catch (IOException e) {
            return new Inflated.Refused(Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "the body is not the " + coding.name().toLowerCase(Locale.ROOT)
                            + " that its Content-Encoding says"));
        }
    }

    private static InputStream open(Coding coding, Bytes body) throws IOException {
        InputStream bytes = new ByteArrayInputStream(body.array(), body.offset(), body.length());
        return switch (coding) {
            case IDENTITY -> bytes;
            case GZIP -> new GZIPInputStream(bytes, PIECE);
            case ZSTD -> new ZstdInputStreamNoFinalizer(bytes).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    private static Inflated readAll(InputStream source, int compressed, long limit) throws IOException {
        byte[] bytes = new byte[(int) Math.min(limit, Math.max(PIECE, 4L * compressed))];
        int length = 0;
        while (true) {
            int read = source.read(bytes, length, bytes.length - length);
            if (read < 0) {
                return new Inflated.Whole(new Bytes(bytes, 0, length));
            }
            length += read;
            if (length == bytes.length) {
                if (length >= limit) {
                    return source.read() < 0
                            ? new Inflated.Whole(Bytes.of(bytes))
                            : new Inflated.Refused(BodyReader.tooLarge(limit));
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * length));
            }
        }
    }
}
