package dev.tidings.callback.delivery;

import dev.tidings.callback.sink.Verdict;

/// Told what delivering does, for metrics; called on any thread, so it must be quick and must not throw.
public interface DeliveryObserver {
    DeliveryObserver NONE = new DeliveryObserver() {
        @Override
        public void requested(Result result, int events, long nanos) {}

        @Override
        public void gaveUp() {}

        @Override
        public void breaker(boolean open) {}
    };

    /// A request to a sink is over.
    ///
    /// @param events how many it held
    /// @param nanos  how long it took
    void requested(Result result, int events, long nanos);

    /// An event is dead, since its sink would not take it.
    void gaveUp();

    /// A sink is left alone from now on, or called again.
    void breaker(boolean open);

    /// How a request to a sink ended.
    enum Result {
        CONFIRMED,
        /// The sink will never take it.
        REJECTED,
        /// The sink wants to be left alone for a while.
        BUSY,
        /// Another answer that is no success.
        FAILED,
        /// There was no answer.
        UNANSWERED,
        /// The sink wants nothing any more.
        GONE;

        static Result of(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Confirmed _ -> CONFIRMED;
                case Verdict.Rejected _ -> REJECTED;
                case Verdict.Busy _ -> BUSY;
                case Verdict.Gone _ -> GONE;
                case Verdict.Failed(Integer status, var _) -> status == null ? UNANSWERED : FAILED;
            };
        }
    }
}
