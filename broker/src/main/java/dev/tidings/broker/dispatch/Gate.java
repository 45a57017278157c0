package dev.tidings.broker.dispatch;

/// What bounds the deliveries of one type, as one group sees it. Whatever has passed leaves once.
public interface Gate {
    /// Whether an event that was accepted then may be delivered now. What may not is to wait, see [#waiting].
    boolean pass(long acceptedMillis);

    /// A delivery goes on that did not pass, or had left.
    void enter();

    /// A delivery was settled.
    void leave();

    /// A delivery ended unconfirmed.
    void fail();

    /// A delivery did not happen.
    void undo();

    /// So many events wait that could be delivered now, if they passed. The group hears when some may.
    void waiting(int events);
}
