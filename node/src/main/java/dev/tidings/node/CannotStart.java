package dev.tidings.node;

/// A node can't be started like this, and whoever starts it can help: the message is one line, and the cause, where
/// there is one, says the rest.
public sealed class CannotStart extends RuntimeException permits PortInUse {
    private static final long serialVersionUID = 1;

    CannotStart(String why) {
        super(why);
    }

    CannotStart(String why, Throwable cause) {
        super(why, cause);
    }
}
