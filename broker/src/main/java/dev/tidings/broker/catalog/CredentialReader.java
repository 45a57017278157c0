package dev.tidings.broker.catalog;

import dev.tidings.broker.catalog.ClientEntry.Credential;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Reads the credentials of clients, of which no two may be the same: a credential says who somebody is. No
/// message repeats a value, which may be a secret that somebody put here by mistake.
final class CredentialReader {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String[] KINDS = {
        "api-key-sha256", "certificate-sha256", "certificate-subject", "token-subject"
    };

    private final Problems problems;
    private final Map<Credential, Yaml.Place> seen = new HashMap<>();

    CredentialReader(Problems problems) {
        this.problems = problems;
    }

    /// A credential, or null where it is wrong.
    @Nullable
    Credential read(Yaml node) {
        Fields fields = Fields.of(node, problems, KINDS);
        List<String> given =
                List.of(KINDS).stream().filter(kind -> fields.get(kind) != null).toList();
        if (given.isEmpty() && !fields.isEmpty()) {
            return null;
        }
        if (given.size() != 1) {
            problems.add(
                    node.place(),
                    "expected one of " + String.join(", ", KINDS) + ", found " + given.size()
                            + "; each credential is an item of its own");
            return null;
        }
        Credential credential = credential(given.getFirst(), fields);
        Yaml.Place earlier = credential == null ? null : seen.putIfAbsent(credential, node.place());
        if (earlier != null) {
            problems.add(
                    node.place(),
                    "the same credential stands in line " + earlier.line() + " (" + earlier.path()
                            + "); a credential proves one client, once");
        }
        return credential;
    }

    private @Nullable Credential credential(String kind, Fields fields) {
        return switch (kind) {
            case "api-key-sha256" -> hash(fields, kind, Credential.ApiKey::new);
            case "certificate-sha256" -> hash(fields, kind, Credential.CertificateFingerprint::new);
            case "certificate-subject" -> subject(fields, kind);
            default -> tokenSubject(fields, kind);
        };
    }

    private @Nullable Credential hash(Fields fields, String kind, Function<String, Credential> make) {
        String text = fields.text(kind).strip();
        if (SHA_256.matcher(text).matches()) {
            return make.apply(text.toLowerCase(Locale.ROOT));
        }
        problems.add(
                fields.place(),
                kind + ": expected a SHA-256 as 64 hexadecimal digits without colons, found " + text.length()
                        + " characters" + (text.length() == 64 ? " of which some are not hexadecimal digits" : ""));
        return null;
    }

    private @Nullable Credential subject(Fields fields, String kind) {
        try {
            return new Credential.CertificateSubject(new X500Principal(fields.text(kind)).getName());
        } catch (IllegalArgumentException notOne) {
            problems.add(
                    fields.place(),
                    kind + ": expected a distinguished name such as \"CN=shop,O=Example,C=MD\"; this is none");
            return null;
        }
    }

    private @Nullable Credential tokenSubject(Fields fields, String kind) {
        String subject = fields.text(kind);
        if (subject.isBlank() || subject.length() > 255) {
            problems.add(fields.place(), kind + ": expected the 'sub' claim of a token, 1 to 255 characters");
            return null;
        }
        return new Credential.TokenSubject(subject);
    }
}
