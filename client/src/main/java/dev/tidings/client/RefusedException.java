package dev.tidings.client;

import dev.tidings.model.Flaw;
import java.util.List;

/// The broker does not take an event or a request, now or later.
public class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Flaw> flaws;

    /// @param status of HTTP
    /// @param code   the name of the error, such as `schema-violated`; it has a page in the documentation
    public RefusedException(int status, String code, String detail, List<Flaw> flaws) {
        super(code + " (" + status + "): " + detail);
        this.status = status;
        this.code = code;
        this.flaws = List.copyOf(flaws);
    }

    /// Of HTTP.
    public int status() {
        return status;
    }

    /// The name of the error, such as `schema-violated`; it has a page in the documentation.
    public String code() {
        return code;
    }

    /// What is wrong with which event.
    public List<Flaw> flaws() {
        return flaws;
    }
}
