package dev.tidings.dist.config;

/// Something in the configuration is wrong.
public final class ConfigError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String reason;

    ConfigError(String path, String reason) {
        super(path.isEmpty() ? reason : path + ": " + reason);
        this.path = path;
        this.reason = reason;
    }

    /// The key, as `server.limits.request`; empty: the whole.
    public String path() {
        return path;
    }

    /// What was expected, what was found, what to do.
    public String reason() {
        return reason;
    }
}
