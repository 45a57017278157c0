package dev.tidings.server.http;

import dev.tidings.model.Refusal;
import java.util.List;

/// What a method and a path lead to.
public sealed interface Target {
    /// An operation, and the decoded values of its path's parameters, in their order.
    record Known(Operation operation, List<String> parameters) implements Target {}

    /// Somebody asks what may be asked here.
    record Options(String allow) implements Target {}

    /// The path exists, for the methods in `allow`.
    record WrongMethod(String allow) implements Target {}

    record NoSuchPath() implements Target {}

    /// The path is no path.
    record Malformed(Refusal refusal) implements Target {}
}
