package dev.tidings.wire;

import dev.tidings.model.Bytes;
import java.util.Optional;

/// The answer to a producer whose request is durable: `{"accepted":3,"duplicates":1}`.
///
/// @param accepted   how many events the request held, duplicates among them
/// @param duplicates how many of them had been stored before
public record Receipt(int accepted, int duplicates) {
    public Bytes json() {
        JsonText json = new JsonText(48).raw("{\"accepted\":").number(accepted);
        return json.raw(",\"duplicates\":").number(duplicates).raw("}").bytes();
    }

    /// Nothing where the body is no receipt.
    public static Optional<Receipt> parse(Bytes body) {
        return AnswerReader.read(body, AnswerReader::receipt);
    }
}
