package dev.tidings.client.http;

import dev.tidings.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Digests, as headers say them (RFC 9530).
final class Sha256 {
    private static final Pattern HEADER = Pattern.compile("(?:.*,)?\\s*sha-256=:([A-Za-z0-9+/]{43}=):.*");

    private Sha256() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String header(Bytes bytes) {
        MessageDigest digest = begin();
        digest.update(bytes.array(), bytes.offset(), bytes.length());
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest.digest()) + ":";
    }

    /// In hexadecimal digits what a header says; empty: it says nothing that can be read.
    static String read(String header) {
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))) : "";
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
