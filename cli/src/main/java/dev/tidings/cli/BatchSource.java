package dev.tidings.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts input into batches of events. A batch ends when it is full, and also when the input has nothing more at the
/// moment, so that what is piped in goes out at once.
final class BatchSource {
    /// Below the broker's default limit of a request, with room for brackets and commas.
    static final int BATCH_BYTES = 1_000_000;

    private static final int LINE_BYTES = 16 << 20;

    private final InputStream in;
    private final EventForm form;
    private final int batch;
    private int number;
    private boolean ended;
    private @Nullable Line held;

    BatchSource(InputStream in, EventForm form, int batch) {
        this.in = in;
        this.form = form;
        this.batch = batch;
    }

    /// The next batch; empty at the end of the input.
    List<Line> next() throws IOException {
        List<Line> lines = new ArrayList<>();
        int bytes = 0;
        while (lines.size() < batch && (lines.isEmpty() || held != null || in.available() > 0)) {
            Line line = held != null ? held : read();
            held = null;
            if (line == null) {
                break;
            }
            if (!lines.isEmpty() && bytes + line.event.length + 1 > BATCH_BYTES) {
                held = line;
                break;
            }
            lines.add(line);
            bytes += line.event.length + 1;
        }
        return lines;
    }

    private @Nullable Line read() throws IOException {
        while (!ended) {
            byte[] text = readLine();
            if (text.length > 0 && text[0] != '#') {
                return new Line(number, event(text));
            }
        }
        return null;
    }

    private byte[] event(byte[] text) {
        try {
            return form.event(text);
        } catch (Complaint complaint) {
            throw Complaint.wrongInput("line " + number + ": " + complaint.line());
        }
    }

    /// The next line without blanks at its ends.
    private byte[] readLine() throws IOException {
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (!(line.size() == 0 && isBlank(next))) {
                line.write(next);
            }
            if (line.size() > LINE_BYTES) {
                throw Complaint.wrongInput("line " + number + ": longer than " + LINE_BYTES + " bytes");
            }
            next = in.read();
        }
        ended = next < 0;
        return trimmed(line.toByteArray());
    }

    private static byte[] trimmed(byte[] line) {
        int end = line.length;
        while (end > 0 && isBlank(line[end - 1])) {
            end--;
        }
        return end == line.length ? line : Arrays.copyOf(line, end);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /// An event and the line of the input that it came from.
    ///
    /// @param number from 1
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(int number, byte[] event) {}
}
