package dev.tidings.callback.sink;

/// What came of a request to a sink.
public sealed interface Outcome {
    /// It answered, whatever it answered.
    record Answered(Answer answer) implements Outcome {}

    /// There was no whole answer. Whether it has seen the request, nobody knows.
    ///
    /// @param detail what happened, in a part of a sentence that follows the host's name
    record Failed(Failure failure, String detail) implements Outcome {}

    /// Why there was no answer.
    enum Failure {
        /// Its address is none that requests may go to.
        FORBIDDEN,
        /// Nobody knows its address.
        UNRESOLVED,
        /// It could not be connected to.
        UNREACHABLE,
        /// It did not prove who it is, or TLS came to nothing otherwise.
        TLS,
        /// The whole answer took too long.
        TIMEOUT,
        /// It broke off, or what it said is not HTTP.
        BROKEN,
        /// The credential for it is of no use any more.
        CREDENTIAL
    }
}
