package dev.tidings.server.tls;

/// What is wrong with a certificate or key, in words for the person who configured it.
public final class TlsProblem extends Exception {
    private static final long serialVersionUID = 1;

    TlsProblem(String message) {
        super(message);
    }
}
