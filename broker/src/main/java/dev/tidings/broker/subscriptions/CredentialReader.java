package dev.tidings.broker.subscriptions;

import dev.tidings.model.Excerpt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads a `sinkcredential`. What is secret in it may be left away where a subscription has it already: nobody is ever
/// shown it, and so could not give it back.
final class CredentialReader {
    private static final List<String> KNOWN = List.of(
            "credentialtype",
            "identifier",
            "secret",
            "accesstoken",
            "accesstokenexpiresutc",
            "accesstokentype",
            "certificate",
            "key");
    private static final int LONGEST = 8_192;
    private static final int LONGEST_PEM = 32_768;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,50}");
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]*");

    private final Complaints complaints;
    private final @Nullable Credential before;

    /// @param before what the subscription had, and may keep; null: nothing
    CredentialReader(Complaints complaints, @Nullable Credential before) {
        this.complaints = complaints;
        this.before = before;
    }

    @Nullable
    Credential read(@Nullable JsonNode node, String pointer) {
        if (node == null) {
            return null;
        }
        Members members = Members.of(node, pointer, complaints, KNOWN);
        String type = members.text("credentialtype", 100);
        return switch (type) {
            case null -> {
                members.complain("credentialtype", "expected PLAIN, ACCESSTOKEN or CERTIFICATE, found nothing");
                yield null;
            }
            case "PLAIN" -> plain(members);
            case "ACCESSTOKEN" -> token(members);
            case "CERTIFICATE" -> certificate(members);
            default -> {
                members.complain(
                        "credentialtype",
                        "expected PLAIN, ACCESSTOKEN or CERTIFICATE, found '" + Excerpt.of(type)
                                + "'; tokens are not refreshed here: put a new one in place of the old");
                yield null;
            }
        };
    }

    private @Nullable Credential plain(Members members) {
        String identifier = visible(members, "identifier");
        Secret kept =
                before instanceof Credential.Plain had && had.identifier().equals(identifier) ? had.secret() : null;
        Secret secret = secret(members, "secret", LONGEST, kept);
        if (identifier != null && identifier.indexOf(':') >= 0) {
            members.complain("identifier", "expected no ':' in it: HTTP Basic ends the name there (RFC 7617)");
        }
        return identifier == null || secret == null ? null : new Credential.Plain(identifier, secret);
    }

    private @Nullable Credential token(Members members) {
        String scheme = members.text("accesstokentype", 50);
        if (scheme != null && !SCHEME.matcher(scheme).matches()) {
            members.complain("accesstokentype", "expected a scheme such as Bearer, found '" + Excerpt.of(scheme) + "'");
        }
        Secret kept = before instanceof Credential.AccessToken had ? had.token() : null;
        Secret token = secret(members, "accesstoken", LONGEST, kept);
        Instant expires = time(members, "accesstokenexpiresutc");
        return token == null ? null : new Credential.AccessToken(scheme == null ? "Bearer" : scheme, token, expires);
    }

    private @Nullable Credential certificate(Members members) {
        String chain = members.text("certificate", LONGEST_PEM);
        Secret kept =
                before instanceof Credential.Certificate had && had.chain().equals(chain) ? had.key() : null;
        if (chain == null) {
            members.complain("certificate", "expected a certificate in PEM, found nothing");
            return null;
        }
        String objection = Pem.ofCertificates(chain);
        if (objection != null) {
            members.complain("certificate", objection);
        }
        String text = members.text("key", LONGEST_PEM);
        Secret key = text == null ? kept : new Secret(text);
        String ofKey = key == null ? "expected the private key of the certificate" : Pem.ofKey(key.text(), chain);
        if (ofKey != null) {
            members.complain("key", ofKey);
        }
        return key == null ? null : new Credential.Certificate(chain, key);
    }

    private @Nullable String visible(Members members, String name) {
        String text = members.text(name, LONGEST);
        if (text == null && !members.has(name)) {
            members.complain(name, "expected a string, found nothing");
        } else if (text != null && !VISIBLE.matcher(text).matches()) {
            members.complain(name, "expected ASCII characters, none of them for control");
        }
        return text;
    }

    private @Nullable Secret secret(Members members, String name, int longest, @Nullable Secret kept) {
        if (!members.has(name)) {
            if (kept == null) {
                members.complain(
                        name,
                        "expected a string, found nothing; one that was given before is kept only where the rest of the"
                                + " credential and the host of the sink are as they were");
            }
            return kept;
        }
        String text = members.text(name, longest);
        if (text != null && !VISIBLE.matcher(text).matches()) {
            members.complain(name, "expected ASCII characters, none of them for control");
        }
        return text == null ? null : new Secret(text);
    }

    private static @Nullable Instant time(Members members, String name) {
        String text = members.text(name, 50);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            members.complain(name, "expected an RFC 3339 time such as 2026-01-31T12:00:00Z");
            return null;
        }
    }
}
