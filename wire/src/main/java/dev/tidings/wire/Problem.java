package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import dev.tidings.model.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A problem document (RFC 9457), the body of every error.
///
/// @param type   [#TYPES] and the slug of an [ErrorCode]
/// @param errors  the bad events of a request; empty where it is not about events
/// @param members further members, for programs
public record Problem(
        String type, String title, int status, String detail, List<Flaw> errors, Map<String, String> members) {
    public static final String CONTENT_TYPE = "application/problem+json";
    public static final String TYPES = "https://tidings.dev/errors/";

    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
    }

    public Problem(String type, String title, int status, String detail, List<Flaw> errors) {
        this(type, title, status, detail, errors, Map.of());
    }

    public static Problem of(Refusal refusal) {
        ErrorCode code = refusal.code();
        return new Problem(
                TYPES + code.slug(), code.title(), code.status(), refusal.detail(), refusal.flaws(), refusal.members());
    }

    public static Problem of(ErrorCode code, String detail) {
        return of(Refusal.of(code, detail));
    }

    /// The slug of the error, where the type is one of ours; otherwise the whole type.
    public String slug() {
        return type.startsWith(TYPES) ? type.substring(TYPES.length()) : type;
    }

    public Bytes json() {
        JsonText json = new JsonText(256).raw("{");
        json.name("type").string(type).name("title").string(title);
        json.name("status").number(status).name("detail").string(detail);
        members.forEach((name, value) -> json.name(name).string(value));
        if (!errors.isEmpty()) {
            json.name("errors").raw("[");
            for (int i = 0; i < errors.size(); i++) {
                error(i == 0 ? json : json.raw(","), errors.get(i));
            }
            json.raw("]");
        }
        return json.raw("}").bytes();
    }

    private static void error(JsonText json, Flaw flaw) {
        json.raw("{").name("index").number(flaw.index());
        if (flaw.id() != null) {
            json.name("id").string(flaw.id());
        }
        json.name("pointer").string(flaw.pointer());
        json.name("reason").string(flaw.reason()).raw("}");
    }

    /// Reads a problem document. Nothing where the body is none; members of it that are missing or of another form
    /// are empty.
    public static Optional<Problem> parse(Bytes body) {
        return AnswerReader.read(body, AnswerReader::problem);
    }
}
